package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.upstream.UpstreamException;
import io.gemproxy.server.upstream.UpstreamResponse;
import java.util.List;

/** What one attempt gave. */
sealed interface AttemptResult {
    AttemptOutcome outcome();

    /** Google's status, 0 if there was no answer. */
    int status();

    /** An answer whose body is still to be relayed. */
    record Open(KeyLease lease, UpstreamResponse response, AttemptOutcome outcome)
            implements AttemptResult {
        @Override
        public int status() {
            return response.status();
        }
    }

    /** An error answer, read whole and scrubbed. */
    record Refusal(int status, List<HeaderField> headers, ScrubbedBody body, AttemptOutcome outcome)
            implements AttemptResult {}

    /** No answer. */
    record Broken(UpstreamException fault, AttemptOutcome outcome) implements AttemptResult {
        @Override
        public int status() {
            return 0;
        }
    }
}
