package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.gemini.InBandErrors;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.upstream.OutcomeClassifier;
import java.util.function.Consumer;

/** Errors inside answers that began well: scrubbed as they pass, counted for what they are. */
final class AnswerErrors {
    private static final String EVENTS = "text/event-stream";
    private static final String JSON = "application/json";

    private final Attempts attempts;
    private final ErrorScrubber scrubber;
    private final ErrorExcerpts excerpts;

    AnswerErrors(Attempts attempts, ErrorScrubber scrubber) {
        this.attempts = attempts;
        this.scrubber = scrubber;
        this.excerpts = new ErrorExcerpts(scrubber);
    }

    /**
     * The filter for one answer.
     *
     * @param contentType as received, empty if absent
     * @param contentEncoding as received, empty if absent; a coded answer passes unread, which is
     *     why none is asked for where errors come inside
     * @param fixedLength whether the length is announced before the body is known
     */
    InBandErrors in(
            AttemptResult.Open open,
            Progress progress,
            String contentType,
            String contentEncoding,
            boolean fixedLength) {
        Exchange exchange = progress.exchange();
        boolean plain = contentEncoding.isEmpty() || contentEncoding.equalsIgnoreCase("identity");
        InBandErrors.Framing framing =
                plain && !isContent(exchange)
                        ? framing(exchange.target().operation(), contentType)
                        : InBandErrors.Framing.OPAQUE;
        return new InBandErrors(framing, fixedLength, scrubber, counting(open, progress));
    }

    /** A file is the client's own whatever it holds; it may be read where we know no operation. */
    private static boolean isContent(Exchange exchange) {
        Operation operation = exchange.target().operation();
        return operation == Operation.DOWNLOAD
                || (operation == Operation.OTHER && exchange.method().equals("GET"))
                || exchange.target().path().contains("/media/");
    }

    private static InBandErrors.Framing framing(Operation operation, String contentType) {
        if (contentType.regionMatches(true, 0, EVENTS, 0, EVENTS.length())) {
            return InBandErrors.Framing.EVENTS;
        }
        if (!contentType.regionMatches(true, 0, JSON, 0, JSON.length())) {
            return InBandErrors.Framing.OPAQUE;
        }
        return operation == Operation.STREAM_GENERATE
                ? InBandErrors.Framing.ELEMENTS
                : InBandErrors.Framing.SINGLE;
    }

    /** The first error decides: those after it are its consequences. */
    private Consumer<byte[]> counting(AttemptResult.Open open, Progress progress) {
        Operation operation = progress.exchange().target().operation();
        return error -> {
            if (!progress.hasTurned()) {
                attempts.turned(
                        open.lease(),
                        OutcomeClassifier.classifyInBand(error, operation),
                        excerpts.ofInBand(error),
                        progress);
            }
        };
    }
}
