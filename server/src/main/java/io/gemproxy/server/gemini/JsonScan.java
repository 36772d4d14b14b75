package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** Reads JSON that may be hostile or cut off, keeping what was read up to the fault. */
final class JsonScan {
    private static final int DEEPEST = 200;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build();

    private JsonScan() {}

    /** What to do with a text. */
    interface Reader {
        void read(JsonParser json) throws IOException;
    }

    /** Runs the reader; a fault in the text ends it silently. */
    static void scan(byte[] text, int offset, int length, Reader reader) {
        try (JsonParser json = JSON.createParser(text, offset, length)) {
            reader.read(json);
        } catch (IOException | RuntimeException cutOrHostile) {
            // What was read before the fault stands; a fault of the text is not ours to report.
            return;
        }
    }

    /** Moves to the next field of the object the parser stands in; false at its end. */
    static boolean nextField(JsonParser json) throws IOException {
        return json.nextToken() == JsonToken.FIELD_NAME;
    }
}
