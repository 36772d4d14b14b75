package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.upstream.OutcomeClassifier;
import io.gemproxy.server.upstream.UpstreamCall;
import io.gemproxy.server.upstream.UpstreamClient;
import io.gemproxy.server.upstream.UpstreamException;
import io.gemproxy.server.upstream.UpstreamResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** One key, one call, one outcome. */
final class OneAttempt {
    private final UpstreamClient upstream;
    private final ErrorScrubber scrubber;
    private final UnknownQuotas unknownQuotas;

    OneAttempt(UpstreamClient upstream, ErrorScrubber scrubber) {
        this.upstream = upstream;
        this.scrubber = scrubber;
        this.unknownQuotas = new UnknownQuotas(scrubber);
    }

    AttemptResult run(ForwardedRequest request, KeyLease lease, CurrentCall current) {
        UpstreamCall call = upstream.call(request.with(lease));
        current.starts(call);
        try {
            UpstreamResponse response = call.send();
            return response.status() < 400
                    ? new AttemptResult.Open(lease, response, new AttemptOutcome.Succeeded())
                    : refusal(response, request);
        } catch (UpstreamException fault) {
            return new AttemptResult.Broken(fault, outcome(fault, current));
        }
    }

    private AttemptResult refusal(UpstreamResponse response, ForwardedRequest request)
            throws UpstreamException {
        try (response) {
            byte[] body = ErrorBodies.read(response);
            AttemptOutcome outcome =
                    OutcomeClassifier.classify(
                            response.status(),
                            body,
                            ErrorBodies.contentType(response),
                            request.operation());
            unknownQuotas.note(outcome);
            ScrubbedBody scrubbed = new ScrubbedBody(scrubber.scrub(body));
            List<HeaderField> fields =
                    response.headers().stream()
                            .map(field ->
                                    new HeaderField(field.name(), scrubber.scrub(field.value())))
                            .toList();
            return new AttemptResult.Refusal(response.status(), fields, scrubbed, outcome);
        } catch (IOException truncated) {
            throw new UpstreamException(
                    UpstreamException.Fault.RESET,
                    !request.repeatable(),
                    "upstream broke off inside an error answer",
                    truncated);
        }
    }

    private static AttemptOutcome outcome(UpstreamException fault, CurrentCall current) {
        if (current.aborted()) {
            return new AttemptOutcome.Abandoned();
        }
        return switch (fault.fault()) {
            case REQUEST_BODY, ABORTED -> new AttemptOutcome.Abandoned();
            case CONNECT, TLS, RESET, TIMEOUT, MALFORMED ->
                    new AttemptOutcome.Unreachable(
                            fault.fault().name().toLowerCase(Locale.ROOT), fault.mayHaveActed());
        };
    }
}
