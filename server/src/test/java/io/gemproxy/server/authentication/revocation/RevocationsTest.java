package io.gemproxy.server.authentication.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class RevocationsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.250Z");
    private static final ClientId CI = new ClientId("ci");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final InstantSource clock = now::get;
    private final List<RevocationList> kept = new ArrayList<>();
    private final Revocations revocations = over(RevocationList.EMPTY);

    private Revocations over(RevocationList before) {
        return new Revocations(before, _ -> List.of("sha256:aa", "sha256:bb"), kept::add, clock);
    }

    @Test
    void aTokenIsTakenBackByItsIdAlone() throws Exception {
        revoke(new RevocationOrder.OfToken("one", Optional.empty()));
        assertTrue(revoked("ci", "one", NOW));
        assertFalse(revoked("ci", "two", NOW));
        assertFalse(revocations.revoked(client("ci", Optional.empty()), Optional.of(NOW)));
    }

    @Test
    void aClientLosesAllItHoldsAndNothingItGetsLater() throws Exception {
        Revocation done = revoke(new RevocationOrder.OfClient(CI));
        assertEquals(Optional.of("root"), Optional.ofNullable(done.revokedBy()));
        assertTrue(revoked("ci", "one", NOW.minusSeconds(100)));
        assertTrue(revoked("ci", "one", Instant.parse("2026-11-21T10:00:00Z")));
        assertFalse(revoked("ci", "one", Instant.parse("2026-11-21T10:00:01Z")));
        assertFalse(revoked("cd", "one", NOW.minusSeconds(100)));
        assertTrue(revocations.revoked("sha256:aa"));
        assertTrue(revocations.revoked("sha256:bb"));
        assertFalse(revocations.revoked("sha256:cc"));
    }

    @Test
    void aTokenThatDoesNotSayWhenItWasIssuedFallsWithItsClient() throws Exception {
        assertFalse(revocations.revoked(client("ci", Optional.empty()), Optional.empty()));
        revoke(new RevocationOrder.OfClientBefore(CI, NOW.minusSeconds(60)));
        assertTrue(revocations.revoked(client("ci", Optional.empty()), Optional.empty()));
        assertFalse(revocations.revoked(client("cd", Optional.empty()), Optional.empty()));
        assertFalse(revocations.revoked("sha256:aa"), "keys stay when only old tokens are meant");
    }

    @Test
    void everybodysTokensFallByTheirAge() throws Exception {
        revoke(new RevocationOrder.OfAllBefore(NOW));
        assertTrue(revoked("ci", "one", NOW.minusSeconds(1)));
        assertTrue(revoked("cd", "two", NOW.minusMillis(1)));
        assertFalse(revoked("cd", "two", NOW));
    }

    @Test
    void itIsOnDiskBeforeItIsConfirmedAndBackAfterARestart() throws Exception {
        revoke(new RevocationOrder.OfToken("one", Optional.empty()));
        revoke(new RevocationOrder.OfClient(CI));
        Revocations next = over(kept.getLast());
        assertEquals(2, next.list().size());
        assertTrue(next.revoked(client("cd", Optional.of("one")), Optional.of(NOW)));
        assertTrue(next.revoked(client("ci", Optional.empty()), Optional.of(NOW)));
        assertTrue(next.revoked("sha256:aa"));
    }

    @Test
    void aDiskThatFailsIsToldAndTheTokenIsRefusedAllTheSame() {
        Revocations failing =
                new Revocations(
                        RevocationList.EMPTY,
                        _ -> List.of(),
                        _ -> {
                            throw new IOException("full");
                        },
                        clock);
        RevocationOrder order = new RevocationOrder.OfToken("one", Optional.empty());
        assertThrows(IOException.class, () -> failing.revoke(order, Optional.empty()));
        assertTrue(failing.revoked(client("ci", Optional.of("one")), Optional.of(NOW)));
    }

    @Test
    void whatCanNoLongerLiveIsDropped() throws Exception {
        Instant end = NOW.plusSeconds(60);
        revoke(new RevocationOrder.OfToken("one", Optional.of(end)));
        revoke(new RevocationOrder.OfToken("two", Optional.empty()));
        now.set(end.plus(Duration.ofDays(1)).minusMillis(1));
        revoke(new RevocationOrder.OfClient(new ClientId("cd")));
        assertTrue(revoked("ci", "one", NOW), "the skew keeps it alive, or a clock that ran ahead");
        now.set(end.plus(Duration.ofDays(1)));
        assertEquals(List.of("two"), ids());
        revoke(new RevocationOrder.OfToken("three", Optional.empty()));
        assertEquals(List.of("two", "three"), ids());
        assertEquals(3, kept.getLast().revocations().size());
    }

    private List<String> ids() {
        return revocations.list().stream()
                .flatMap(one -> Optional.ofNullable(one.jti()).stream())
                .toList();
    }

    @Test
    void aLaterRevocationTakesThePlaceOfOneThatItContains() throws Exception {
        revoke(new RevocationOrder.OfClientBefore(CI, NOW.minusSeconds(60)));
        revoke(new RevocationOrder.OfClient(CI));
        assertEquals(1, revocations.list().size());
        Revocation older = revoke(new RevocationOrder.OfClientBefore(CI, NOW.minusSeconds(90)));
        assertEquals(List.of(older), revocations.list(), "it says nothing that is not said");
        assertTrue(revoked("ci", "one", NOW.minusSeconds(1)), "the stricter one still holds");
        assertTrue(revocations.revoked("sha256:aa"));
    }

    @Test
    void thereIsRoomForSoManyTokensAndThenForClientsOnly() throws Exception {
        List<Revocation> full = new ArrayList<>();
        for (int i = 0; i < Revocations.MOST; i++) {
            full.add(new Revocation("t" + i, null, null, List.of(), NOW, null, null));
        }
        Revocations crowded = over(new RevocationList(full));
        RevocationOrder more = new RevocationOrder.OfToken("more", Optional.empty());
        assertThrows(TooManyRevocations.class, () -> crowded.revoke(more, Optional.empty()));
        crowded.revoke(new RevocationOrder.OfToken("t7", Optional.empty()), Optional.empty());
        crowded.revoke(new RevocationOrder.OfClient(CI), Optional.empty());
        assertTrue(crowded.revoked(client("ci", Optional.empty()), Optional.of(NOW)));
    }

    @Test
    void everybodysTokensTakeThePlaceOfClientsButNotOfTheirKeys() throws Exception {
        revoke(new RevocationOrder.OfClientBefore(new ClientId("cd"), NOW.minusSeconds(60)));
        revoke(new RevocationOrder.OfClient(CI));
        revoke(new RevocationOrder.OfToken("one", Optional.empty()));
        revoke(new RevocationOrder.OfAllBefore(NOW.plusSeconds(1)));
        assertEquals(3, revocations.list().size());
        assertTrue(revoked("cd", "two", NOW.minusSeconds(61)));
        assertTrue(revocations.revoked("sha256:aa"));
        for (int i = 0; i < 20; i++) {
            revoke(new RevocationOrder.OfAllBefore(NOW.minusSeconds(i)));
        }
        assertEquals(3, revocations.list().size(), "what is contained adds nothing");
    }

    @Test
    void clientsHaveABoundTooAndEverybodyAlwaysFits() throws Exception {
        List<Revocation> full = new ArrayList<>();
        for (int i = 0; i < Revocations.MOST_CLIENTS; i++) {
            full.add(new Revocation(null, "c" + i, NOW, List.of(), NOW, null, null));
        }
        Revocations crowded = over(new RevocationList(full));
        RevocationOrder more = new RevocationOrder.OfClientBefore(CI, NOW);
        assertThrows(TooManyRevocations.class, () -> crowded.revoke(more, Optional.empty()));
        crowded.revoke(new RevocationOrder.OfToken("one", Optional.empty()), Optional.empty());
        crowded.revoke(new RevocationOrder.OfAllBefore(NOW), Optional.empty());
        assertEquals(2, crowded.list().size(), "and makes room");
        crowded.revoke(more, Optional.empty());
    }

    @Test
    void aTokenBoughtWhileItsClientIsBeingRevokedFallsToo() throws Exception {
        Instant[] read = {NOW, NOW, NOW.plusSeconds(3), NOW.plusSeconds(3)};
        AtomicInteger at = new AtomicInteger();
        InstantSource slow = () -> read[Math.min(at.getAndIncrement(), read.length - 1)];
        Revocations revocations =
                new Revocations(RevocationList.EMPTY, _ -> List.of(), kept::add, slow);
        revocations.revoke(new RevocationOrder.OfClient(CI), Optional.empty());
        assertTrue(
                revocations.revoked(
                        client("ci", Optional.empty()), Optional.of(NOW.plusSeconds(2))));
        assertEquals(1, kept.getLast().revocations().size());
    }

    private Revocation revoke(RevocationOrder order) throws Exception {
        return revocations.revoke(order, Optional.of(new ClientId("root")));
    }

    private boolean revoked(String name, String jti, Instant issuedAt) {
        return revocations.revoked(client(name, Optional.of(jti)), Optional.of(issuedAt));
    }

    private static Client client(String name, Optional<String> jti) {
        return new Client(new ClientId(name), Role.CLIENT, jti, Entitlement.ALL);
    }
}
