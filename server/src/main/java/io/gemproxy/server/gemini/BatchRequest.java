package io.gemproxy.server.gemini;

import io.gemproxy.server.gemini.BatchLines.Line;

/** What one request in a batch's input file asks for, as far as it has passed. */
final class BatchRequest {
    private static final long MOST_TOKENS = 1 << 20;
    private static final long MOST_CANDIDATES = 128;
    private static final String EMBEDS = "/embeddings";

    private long most;
    private long candidates = 1;
    private boolean embeds;
    private boolean answers;
    private boolean description;

    BatchRequest copy() {
        BatchRequest copy = new BatchRequest();
        copy.most = most;
        copy.candidates = candidates;
        copy.embeds = embeds;
        copy.answers = answers;
        copy.description = description;
        return copy;
    }

    /** It has a member of that kind; of several the larger counts. */
    void says(Line member, String value) {
        switch (member) {
            case MOST -> most = Math.max(most, number(value));
            case CANDIDATES -> candidates = Math.max(candidates, number(value));
            case URL -> {
                embeds |= value.endsWith(EMBEDS);
                answers |= !value.endsWith(EMBEDS);
            }
            case TOP, REQUEST, BODY, CONFIG, FILE, MODEL, MESSAGES, OTHER -> {}
        }
    }

    /** It has an object or a list of that kind. */
    void holds(Line member) {
        // whatever its address says, what these ask for is answered
        answers |= member == Line.REQUEST || member == Line.MESSAGES;
        description |= member == Line.FILE;
    }

    /** It tells of the file itself, as the first part of an upload in one request does. */
    boolean isDescription() {
        return description;
    }

    /** Those before and this one. */
    BatchBound after(BatchBound before) {
        long all = Math.clamp(candidates, 1, MOST_CANDIDATES);
        boolean silent = embeds && !answers;
        boolean bounded = most > 0;
        return new BatchBound(
                before.requests() + 1,
                before.unbounded() + (silent || bounded ? 0 : all),
                before.outputTokens()
                        + (bounded && !silent ? Math.min(most, MOST_TOKENS) * all : 0));
    }

    private static long number(String value) {
        try {
            return (long) Double.parseDouble(value);
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
