package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.upstream.ResponseHeaders;
import io.gemproxy.server.usage.UsageTap;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Step 7: what came of the attempts, said to the client. */
final class Answers {
    /** Google's keys have 39 characters or more; this leaves room for shorter ones of tests. */
    private static final int SHORTEST_KEY = 16;

    /** A daily quota is shown in Google's words only if no key opens within this time. */
    private static final Duration SOON = Duration.ofHours(1);

    private final Attempts attempts;
    private final Uploads uploads;
    private final AnswerReading reading;
    private final Redirects redirects;
    private final OwnOrigin origin;
    private final ErrorScrubber scrubber;
    private final AnswerErrors errors;
    private final Accounting accounting;

    Answers(
            Attempts attempts,
            Uploads uploads,
            AnswerReading reading,
            Redirects redirects,
            OwnOrigin origin,
            ErrorScrubber scrubber,
            Accounting accounting) {
        this.accounting = accounting;
        this.scrubber = scrubber;
        this.errors = new AnswerErrors(attempts, scrubber);
        this.attempts = attempts;
        this.uploads = uploads;
        this.reading = reading;
        this.origin = origin;
        this.redirects = redirects;
    }

    /**
     * Sends the last attempt's result.
     *
     * @throws Refused when it must not be shown and the proxy's own words take its place
     */
    void give(
            AttemptResult result,
            Conversation conversation,
            Progress progress,
            DepartureWatch.Expectation presence,
            ServerRequest request,
            ServerResponse response) {
        switch (result) {
            case AttemptResult.Open open ->
                    relay(open, conversation, progress, presence, request, response);
            case AttemptResult.Refusal refusal -> pass(refusal, conversation, progress, response);
            case AttemptResult.Broken broken -> explain(broken, progress, presence);
        }
    }

    private void relay(
            AttemptResult.Open open,
            Conversation conversation,
            Progress progress,
            DepartureWatch.Expectation presence,
            ServerRequest request,
            ServerResponse response) {
        Exchange exchange = progress.exchange();
        try (var answer = open.response()) {
            List<HeaderField> fields =
                    fields(open, conversation, progress.exchange().startedAt(), request);
            AnswerHead.status(response, answer.status());
            long length = head(fields, response);
            AnswerHead.own(response, exchange, conversation.limits(), progress.overhead());
            boolean bodyless =
                    exchange.method().equals("HEAD")
                            || answer.status() == 204
                            || answer.status() == 304;
            String coding = value(fields, "content-encoding");
            String type = value(fields, "content-type");
            UsageTap tap =
                    accounting.tap(
                            exchange,
                            coding,
                            reading.learning(
                                    exchange, conversation.client(), open.lease().project()));
            progress.answering(
                    answer.status(),
                    type.startsWith("text/event-stream")
                            || exchange.target().operation() == Operation.STREAM_GENERATE);
            Relay.Observer learning = reading.of(exchange, conversation, open.lease().project());
            AnswerAccount account =
                    new AnswerAccount(accounting, tap, fields, conversation, progress);
            try {
                new Relay(
                                response,
                                progress,
                                Relay.tapping(tap, learning),
                                errors.in(open, progress, type, coding, Relay.announces(length)),
                                presence::clientGone,
                                account::ended)
                        .body(answer, length, bodyless);
            } finally {
                account.over();
            }
        }
    }

    /** Writes the end-to-end headers and returns the announced length, -1 if there is none. */
    private static long head(List<HeaderField> fields, ServerResponse response) {
        long length = -1;
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase("content-length")) {
                length = Long.parseLong(field.value());
            } else {
                AnswerHead.add(response, field);
            }
        }
        return length;
    }

    private List<HeaderField> fields(
            AttemptResult.Open open,
            Conversation conversation,
            Instant asked,
            ServerRequest request) {
        List<HeaderField> fields = ResponseHeaders.forClient(open.response().headers());
        if (conversation.upload().isPresent()) {
            for (HeaderField field : fields) {
                uploads.noteStatus(conversation.upload().get(), field);
            }
        }
        fields.replaceAll(field ->
                Uploads.isAddress(field) || Redirects.isAddress(field)
                        ? rewritten(field, open, conversation, asked, origin.of(request))
                        : clean(field));
        return fields;
    }

    /** No key leaves in a header; values too short to hold one are not looked at. */
    private HeaderField clean(HeaderField field) {
        if (field.value().length() < SHORTEST_KEY) {
            return field;
        }
        String clean = scrubber.scrub(field.value());
        return clean.equals(field.value()) ? field : new HeaderField(field.name(), clean);
    }

    private HeaderField rewritten(
            HeaderField field,
            AttemptResult.Open open,
            Conversation conversation,
            Instant asked,
            String origin) {
        return uploads.rewritten(field, open.lease(), conversation.incoming(), asked, origin)
                .flatMap(own -> redirects.rewritten(own, origin))
                .orElseThrow(() ->
                        new Refused(
                                new Rejection.BadGateway(
                                        "UPSTREAM_REDIRECT",
                                        "The upstream pointed to an address that is not Gemini's.")));
    }

    private void pass(
            AttemptResult.Refusal refusal,
            Conversation conversation,
            Progress progress,
            ServerResponse response) {
        Optional<Duration> opening =
                switch (refusal.outcome()) {
                    case AttemptOutcome.KeyRefused _, AttemptOutcome.ProjectRefused _ ->
                            throw new Refused(
                                    attempts.earliestOpening(conversation.forwarded().wish())
                                            .map(PoolRefusals::cooling)
                                            .orElseGet(PoolRefusals::noUsableKey));
                    case AttemptOutcome.QuotaExceeded quota ->
                            quotaOpening(quota, conversation, progress);
                    default -> Optional.empty();
                };
        byte[] body = refusal.body().bytes();
        AnswerHead.status(response, refusal.status());
        long announced = -1;
        for (HeaderField field : ResponseHeaders.forClient(refusal.headers())) {
            if (!staysHere(field)) {
                AnswerHead.add(response, field);
            } else if (field.name().equalsIgnoreCase("content-length")) {
                announced = Long.parseLong(field.value());
            }
        }
        if (progress.exchange().method().equals("HEAD")) {
            response.headers().set(WireHeader.lengthOfNothing(announced));
        } else {
            response.headers().contentLength(body.length);
        }
        opening.ifPresent(wait ->
                response.header(
                        HeaderNames.create("Retry-After"),
                        Long.toString(RejectionBody.seconds(wait))));
        AnswerHead.own(response, progress.exchange(), conversation.limits(), progress.overhead());
        progress.answering(refusal.status(), false);
        progress.reason(refusal.outcome().reason());
        progress.sent(body.length);
        conversation.spending().settle(progress);
        send(body, progress, response);
        progress.completed();
    }

    private static void send(byte[] body, Progress progress, ServerResponse response) {
        try {
            response.send(body);
        } catch (UncheckedIOException gone) {
            progress.abortedByClient();
            throw new CloseConnectionException("client left", gone);
        }
    }

    /**
     * When several keys were at their quota, Google's words about the last of them would name the
     * wrong moment; and one key's daily limit is not the client's while another key opens soon.
     */
    private Optional<Duration> quotaOpening(
            AttemptOutcome.QuotaExceeded quota, Conversation conversation, Progress progress) {
        Optional<Duration> opening = attempts.earliestOpening(conversation.forwarded().wish());
        boolean soon = opening.map(wait -> wait.compareTo(SOON) < 0).orElse(false);
        if (opening.isPresent()
                && (progress.attempts() > 1 || (quota.kind().bindsForHours() && soon))) {
            throw new Refused(PoolRefusals.cooling(opening.get()));
        }
        return opening;
    }

    private static void explain(
            AttemptResult.Broken broken, Progress progress, DepartureWatch.Expectation presence) {
        BrokenAttempt.bodyRefusal(broken.fault())
                .ifPresent(rejection -> {
                    throw new Refused(rejection);
                });
        if (broken.outcome() instanceof AttemptOutcome.Abandoned || presence.clientGone()) {
            progress.abortedByClient();
            throw new CloseConnectionException("client left", broken.fault());
        }
        throw new Refused(BrokenAttempt.rejection(broken.fault()));
    }

    /**
     * The framing is ours since the body was read whole; an address in an error leads nowhere a
     * client should go.
     */
    private static boolean staysHere(HeaderField field) {
        return switch (field.name().toLowerCase(Locale.ROOT)) {
            case "content-length", "content-encoding", "location", "x-goog-upload-url" -> true;
            default -> false;
        };
    }

    private static String value(List<HeaderField> fields, String name) {
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return "";
    }
}
