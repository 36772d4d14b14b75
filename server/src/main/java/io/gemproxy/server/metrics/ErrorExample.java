package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.RequestId;
import java.time.Instant;
import java.util.Optional;

/**
 * One failed request; leads to its audit record and says nothing of its content or client.
 *
 * @param requestId to find it by
 * @param time when it ended
 * @param errorClass whose fault it is
 * @param reason a stable word
 * @param status what the client saw; 0 if it left before
 * @param operation the operation's label
 * @param model a bounded label
 * @param key the key of the last attempt, if there was one
 */
public record ErrorExample(
        RequestId requestId,
        Instant time,
        ErrorClass errorClass,
        String reason,
        int status,
        String operation,
        String model,
        Optional<KeyId> key) {}
