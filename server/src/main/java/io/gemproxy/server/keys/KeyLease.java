package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.ModelName;
import java.util.Optional;

/**
 * A key lent for one attempt; the borrower says how it went with {@link KeyPool#settle}, and, if it
 * went well, when the answer is over with {@link KeyPool#finished}.
 *
 * @param key its name
 * @param project the project it belongs to
 * @param secret the key itself, opened by the upstream only
 * @param model what it was lent for
 * @param lentAtNanos when, on the monotonic clock
 * @param reservedTokens input tokens counted for it until the real number is known
 * @param place of the key in the pool that lent it, from 0
 */
public record KeyLease(
        KeyId key,
        ProjectId project,
        Secret secret,
        Optional<ModelName> model,
        long lentAtNanos,
        long reservedTokens,
        int place) {
    /** A lease that reserves no tokens. */
    public KeyLease(KeyId key, ProjectId project, Secret secret, Optional<ModelName> model) {
        this(key, project, secret, model, 0, 0, 0);
    }
}
