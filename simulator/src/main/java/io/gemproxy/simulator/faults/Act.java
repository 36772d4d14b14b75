package io.gemproxy.simulator.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happens at a point of an answer. */
public sealed interface Act {

    /** The connection is reset (RST). */
    record Reset() implements Act {}

    /** The connection is closed (FIN), whatever was announced. */
    record Close() implements Act {}

    /** Nothing is sent for that long; null is until the peer leaves or the simulator stops. */
    record Stall(@Nullable Duration time) implements Act {}

    /** Nothing is sent until the gate lets one waiter pass. */
    record Hold(Gate gate) implements Act {}

    /** These bytes are sent as part of the body. */
    @SuppressWarnings("ArrayRecordComponent")
    record Insert(byte[] bytes) implements Act {}

    /** These bytes are sent as the last of the body, which then ends cleanly. */
    @SuppressWarnings("ArrayRecordComponent")
    record EndWith(byte[] bytes) implements Act {}
}
