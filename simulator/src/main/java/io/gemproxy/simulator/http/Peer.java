package io.gemproxy.simulator.http;

import io.gemproxy.simulator.faults.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The other end of a connection: can be waited for, and is watched while nothing is sent. */
public final class Peer {
    private final WireInput in;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    Peer(WireInput in) {
        this.in = in;
    }

    /** Completes when the connection is over, whoever ended it. */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    void leave() {
        gone.complete(null);
    }

    /** Waits that long (null: without end), unless the peer leaves first. */
    void pause(@Nullable Duration time) throws IOException {
        in.watch(this::leave);
        try {
            if (time == null) {
                gone.get();
            } else {
                gone.get(time.toNanos(), TimeUnit.NANOSECONDS);
            }
            throw new PeerGoneException();
        } catch (TimeoutException slept) {
            return;
        } catch (ExecutionException | InterruptedException stopped) {
            throw new IOException("stopped while waiting", stopped);
        }
    }

    /** Waits for a permit of the gate, unless the peer leaves first. */
    void pass(Gate gate) throws IOException {
        CompletableFuture<Void> place = gate.enter();
        if (place.isDone()) {
            return;
        }
        in.watch(this::leave);
        try {
            CompletableFuture.anyOf(place, gone).get();
        } catch (ExecutionException | InterruptedException stopped) {
            gate.leave(place);
            throw new IOException("stopped while waiting", stopped);
        }
        if (!place.isDone()) {
            gate.leave(place);
            throw new PeerGoneException();
        }
    }
}
