package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.AddressGroup;
import io.helidon.common.socket.PeerInfo;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** How many connections each address has open, and the most it may. */
final class AddressConnections {
    /** Any number. */
    static final AddressConnections UNLIMITED =
            new AddressConnections(OptionalInt.empty(), peer -> true);

    private final OptionalInt most;
    private final Predicate<PeerInfo> exempt;
    private final ConcurrentMap<AddressGroup, Integer> open = new ConcurrentHashMap<>();

    /**
     * @param most connections of one address; empty: any number
     * @param exempt peers whose connections carry the requests of many
     */
    AddressConnections(OptionalInt most, Predicate<PeerInfo> exempt) {
        this.most = most;
        this.exempt = exempt;
    }

    /** One more; false if that is too many, and then it does not count. */
    boolean enter(PeerInfo peer) {
        if (most.isEmpty() || exempt.test(peer)) {
            return true;
        }
        AddressGroup address = AddressGroup.of(PeerAddress.of(peer));
        boolean[] entered = {false};
        open.compute(
                address,
                (_, count) -> {
                    int now = count == null ? 0 : count;
                    entered[0] = now < most.getAsInt();
                    return entered[0] ? Integer.valueOf(now + 1) : count;
                });
        return entered[0];
    }

    /** One that entered is closed. */
    void leave(PeerInfo peer) {
        if (most.isPresent() && !exempt.test(peer)) {
            open.computeIfPresent(
                    AddressGroup.of(PeerAddress.of(peer)),
                    (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        }
    }
}
