package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * How much the requests inside the body of a batch ask for, as far as it was read.
 *
 * @param requests how many there are
 * @param unbounded those that name no longest answer
 * @param outputTokens the longest answers of all others together
 */
public record BatchBound(long requests, long unbounded, long outputTokens) {
    /** What stands in a file is not known when its batch is made. */
    public static final BatchBound NOTHING = new BatchBound(0, 0, 0);

    private static final JsonFactory JSON = new JsonFactory();
    private static final long MOST_TOKENS = 1 << 20;
    private static final long MOST_CANDIDATES = 128;
    private static final Set<String> CONFIG = Set.of("generationConfig", "generation_config");

    /**
     * Reads the requests of an inline batch.
     *
     * @param body the body or a prefix of it; may be anything
     * @param length of the whole body in bytes; what was not read is taken for more of the same
     */
    public static BatchBound find(byte[] body, long length) {
        Search search = new Search();
        boolean whole = search.read(body);
        return whole || search.read == 0
                ? search.found()
                : search.found().scaled((double) Math.max(length, search.read) / search.read);
    }

    private BatchBound scaled(double by) {
        return new BatchBound(
                (long) Math.ceil(requests * by),
                (long) Math.ceil(unbounded * by),
                (long) Math.ceil(outputTokens * by));
    }

    /** What was found so far. */
    private static final class Search {
        private long requests;
        private long unbounded;
        private long tokens;
        private long read;
        private int inside;
        private long most;
        private long candidates;

        /** False if the text is cut off or no JSON. */
        boolean read(byte[] body) {
            try (JsonParser json = JSON.createParser(body)) {
                int depth = 0;
                for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                    switch (token) {
                        case START_OBJECT, START_ARRAY -> {
                            depth++;
                            if (inside == 0 && "request".equals(json.currentName())) {
                                begin(depth);
                            }
                        }
                        case END_OBJECT, END_ARRAY -> {
                            if (inside == depth) {
                                end(json.currentLocation().getByteOffset());
                            }
                            depth--;
                        }
                        case VALUE_NUMBER_INT -> number(json);
                        default -> {}
                    }
                }
                return true;
            } catch (IOException | RuntimeException cut) {
                return false;
            }
        }

        private void begin(int depth) {
            inside = depth;
            most = 0;
            candidates = 1;
        }

        private void end(long offset) {
            inside = 0;
            requests++;
            read = offset;
            if (most > 0) {
                tokens += Math.min(most, MOST_TOKENS) * Math.clamp(candidates, 1, MOST_CANDIDATES);
            } else {
                unbounded += Math.clamp(candidates, 1, MOST_CANDIDATES);
            }
        }

        private void number(JsonParser json) throws IOException {
            JsonStreamContext config = json.getParsingContext().getParent();
            if (inside == 0 || config == null || config.getCurrentName() == null) {
                return;
            }
            if (CONFIG.contains(config.getCurrentName())) {
                switch (json.currentName()) {
                    case "maxOutputTokens", "max_output_tokens" -> most = json.getLongValue();
                    case "candidateCount", "candidate_count" -> candidates = json.getLongValue();
                    default -> {}
                }
            }
        }

        BatchBound found() {
            return new BatchBound(requests, unbounded, tokens);
        }
    }
}
