package io.gemproxy.server.gemini;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The longest answer a request asks for and the tier in which, as its body says ({@code
 * generationConfig} of GenerateContentRequest, {@code max_tokens} and their like of OpenAI).
 *
 * @param tokens of each candidate; empty if the body names no bound
 * @param candidates at least one
 * @param tier empty if the body names none
 */
public record OutputBound(OptionalLong tokens, long candidates, Optional<ServiceTier> tier) {
    private static final long MOST_TOKENS = 1 << 20;
    private static final long MOST_CANDIDATES = 128;
    private static final Set<String> CONFIG = Set.of("generationConfig", "generation_config");

    /** Of all candidates together; empty if the body names no bound. */
    public OptionalLong total() {
        return tokens.isPresent()
                ? OptionalLong.of(tokens.getAsLong() * candidates)
                : OptionalLong.empty();
    }

    /**
     * Reads the bound; of several that are named the largest counts. What the endpoint does not
     * know bounds nothing, nor does a bound that is not positive.
     *
     * @param body the body or a prefix of it; may be anything
     * @param dialect of the endpoint
     */
    public static OutputBound find(byte[] body, Dialect dialect) {
        Search search = new Search();
        switch (dialect) {
            case NATIVE -> MemberScanner.scan(body, CONFIG::contains, search::inNative);
            case OPENAI -> MemberScanner.scan(body, _ -> false, search::inOpenAi);
        }
        return new OutputBound(
                search.tokens < 1
                        ? OptionalLong.empty()
                        : OptionalLong.of(Math.min(search.tokens, MOST_TOKENS)),
                Math.clamp(search.candidates, 1, MOST_CANDIDATES),
                search.tier);
    }

    /** What was found so far. */
    private static final class Search {
        private long tokens;
        private long candidates = 1;
        private Optional<ServiceTier> tier = Optional.empty();

        void inNative(String parent, String name, String value) {
            if (parent.isEmpty()) {
                tier(name, value);
                return;
            }
            switch (name) {
                case "maxOutputTokens", "max_output_tokens" ->
                        tokens = Math.max(tokens, number(value));
                case "candidateCount", "candidate_count" ->
                        candidates = Math.max(candidates, number(value));
                default -> {}
            }
        }

        void inOpenAi(String parent, String name, String value) {
            tier(name, value);
            switch (name) {
                case "max_tokens", "max_completion_tokens", "max_output_tokens" ->
                        tokens = Math.max(tokens, number(value));
                case "n" -> candidates = Math.max(candidates, number(value));
                default -> {}
            }
        }

        private void tier(String name, String value) {
            if (RequestedTier.isName(name)) {
                tier = ServiceTier.of(value);
            }
        }

        private static long number(String value) {
            try {
                return (long) Double.parseDouble(value);
            } catch (NumberFormatException none) {
                return 0;
            }
        }
    }
}
