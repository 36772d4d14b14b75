package io.gemproxy.server.exchange;

/**
 * What an upstream error says, fit to be shown to an operator: scrubbed of keys and project
 * numbers, on one line, short.
 *
 * @param status the HTTP status, with the word of the error if it has one, e.g. {@code 429
 *     RESOURCE_EXHAUSTED}
 * @param message at most {@value #LONGEST} characters, empty if there is none
 */
public record ErrorExcerpt(String status, String message) {
    /** The longest message, in characters; an ellipsis shows where one was cut. */
    public static final int LONGEST = 200;
}
