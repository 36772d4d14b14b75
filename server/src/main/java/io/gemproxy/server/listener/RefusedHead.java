package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.RequestId;
import java.util.Optional;

/**
 * A request that was refused on the wire, before it became an exchange, and answered.
 *
 * @param id sent in the answer
 * @param fault why
 * @param line what is certain of its first line
 * @param sourceIp the peer
 * @param startedNanos monotonic clock, when its first byte came
 * @param answerBytes length of the answer's body
 * @param delivered false if the client had left before the answer was written
 */
record RefusedHead(
        RequestId id,
        WireFault fault,
        Optional<RequestLine> line,
        String sourceIp,
        long startedNanos,
        int answerBytes,
        boolean delivered) {}
