package io.gemproxy.server.admin;

import java.util.List;
import java.util.Optional;

/**
 * What asking Google about a key found.
 *
 * @param keyId the key
 * @param works whether Google takes it; a key at its quota works
 * @param steps in order, the first that failed is the last
 * @param key the key afterwards
 */
public record KeyTest(String keyId, boolean works, List<Step> steps, KeyReport key) {
    /**
     * One question to Google.
     *
     * @param step {@code models_list}, {@code count_tokens} or {@code generate_one_token}
     * @param outcome the stable word of what came of it
     * @param reason a word that says more, and that {@code gemproxy-cli explain} knows
     * @param model what it was asked about
     * @param tookMs milliseconds to the answer
     */
    public record Step(
            String step, String outcome, String reason, Optional<String> model, double tookMs) {}
}
