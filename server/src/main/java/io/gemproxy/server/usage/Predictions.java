package io.gemproxy.server.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.GeneratedMedia;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts the pictures in the answer of {@code :predict}, which states no usage. */
final class Predictions implements AnswerReader {
    private static final int LONGEST_TEXT = 64 * 1024 * 1024;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(200)
                                    .maxStringLength(LONGEST_TEXT)
                                    .build())
                    .build();

    private final @Nullable JsonParser json;
    private int depth;
    private boolean inPredictions;
    private boolean picture;
    private long pictures;
    private boolean broken;

    Predictions() {
        json = parser();
    }

    private static @Nullable JsonParser parser() {
        try {
            return JSON.createNonBlockingByteArrayParser();
        } catch (IOException impossible) {
            return null;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (broken || json == null) {
            return;
        }
        try {
            ByteArrayFeeder feeder = (ByteArrayFeeder) json.getNonBlockingInputFeeder();
            feeder.feedInput(bytes, offset, offset + length);
            for (JsonToken token = json.nextToken();
                    token != null && token != JsonToken.NOT_AVAILABLE;
                    token = json.nextToken()) {
                take(json, token);
            }
        } catch (IOException | RuntimeException noJson) {
            broken = true;
        }
    }

    private void take(JsonParser parser, JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT, START_ARRAY -> depth++;
            case END_OBJECT, END_ARRAY -> close();
            case FIELD_NAME -> field(parser.currentName());
            default -> {}
        }
    }

    private void field(String name) {
        if (depth == 1) {
            inPredictions = name.equals("predictions");
        } else if (depth == 3 && inPredictions) {
            picture |= name.equals("bytesBase64Encoded") || name.equals("gcsUri");
        }
    }

    private void close() {
        if (depth == 3 && picture) {
            pictures++;
            picture = false;
        }
        depth--;
    }

    @Override
    public Optional<TokenUsage> last() {
        return broken ? largest() : made(Counting.STATED);
    }

    @Override
    public Optional<TokenUsage> largest() {
        return made(Counting.LOWER_BOUND);
    }

    private Optional<TokenUsage> made(Counting how) {
        return pictures == 0
                ? Optional.empty()
                : Optional.of(
                        TokenUsage.NOTHING.with(
                                TokenUsage.NOTHING
                                        .detail()
                                        .with(new GeneratedMedia(pictures, 0, ""))
                                        .with(how)));
    }
}
