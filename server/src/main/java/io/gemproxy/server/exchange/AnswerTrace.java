package io.gemproxy.server.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was noted of an answer as it passed, for who tells of it elsewhere.
 *
 * @param model the one that answered, in the answer's own words; empty if it names none
 * @param betweenChunks from the end of each chunk of a stream to the end of the next
 */
public record AnswerTrace(Optional<String> model, List<Duration> betweenChunks) {
    /** Nothing, or nobody wanted to know. */
    public static final AnswerTrace NONE = new AnswerTrace(Optional.empty(), List.of());
}
