package io.gemproxy.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RoomTest {
    private static final String SERVER = "io.gemproxy.server.";
    private static final List<String> BELOW =
            List.of(
                    SERVER + "proxy.ProxyHandler",
                    "io.helidon.webserver.http1.Http1Connection",
                    SERVER + "listener.GuardedConnection",
                    "java.lang.VirtualThread");

    @Test
    void theJdkWorksForWhoeverCalledIt() {
        assertEquals(
                Room.AUDIT,
                of("sun.security.provider.SHA2", "javax.crypto.Mac", "audit.chain.Chain"));
        assertEquals(Room.AUTHENTICATION, of("java.lang.String", "authentication.TokenDigest"));
        assertEquals(Room.LIMITS, of("java.util.HashMap", "ratelimit.budget.Account"));
        assertEquals(Room.USAGE, of("usage.UsageScanner", "usage.UsageTap"));
    }

    @Test
    void theInnermostRoomCounts() {
        assertEquals(Room.LIMITS, of("ratelimit.Windows", "proxy.Spending", "proxy.AnswerAccount"));
        assertEquals(Room.REST, of("metrics.Meters", "usage.UsageLedger"));
    }

    @Test
    void classesOfTheWayOfARequestThatWorkForARoomAreItsOwn() {
        assertEquals(Room.AUTHENTICATION, of("proxy.Credential"));
        assertEquals(Room.LIMITS, of("java.util.ArrayList", "proxy.Spending"));
        assertEquals(Room.USAGE, of("proxy.Accounting", "proxy.Relay"));
        assertEquals(Room.REST, of("proxy.Relay"));
    }

    @Test
    void nounsAndTheRootWorkForWhoeverCalledThem() {
        assertEquals(Room.USAGE, of("gemini.RequestedTier", "proxy.Accounting"));
        assertEquals(Room.AUDIT, of("exchange.FinishedExchange", "Proxying", "audit.AuditLog"));
        assertEquals(Room.REST, of("gemini.StringScanner", "proxy.RequestedResources"));
    }

    @Test
    void signaturesThatATapPassesOnAreNotUsage() {
        assertEquals(
                Room.REST,
                of("gemini.StringScanner", "gemini.ThoughtSignatures", "usage.UsageTap"));
    }

    @Test
    void nestedAndHiddenClassesAreTheirOuterOnes() {
        assertEquals(Room.USAGE, of("usage.UsageTap$$Lambda.0x00007f1c4c2a1000"));
        assertEquals(Room.LIMITS, of("proxy.Spending$1"));
    }

    @Test
    void aStackWithoutOurClassesIsTheRest() {
        assertEquals(Room.REST, Room.of(List.of("java.lang.VirtualThread", "sun.nio.ch.EPoll")));
        assertEquals(Room.REST, Room.of(List.of()));
    }

    @Test
    void theClassesThatAreNamedExist() throws ClassNotFoundException {
        for (Room room : Room.values()) {
            for (String name : room.classes()) {
                assertNotNull(Class.forName(SERVER + name, false, getClass().getClassLoader()));
            }
        }
    }

    /** On top of the usual stack of a request. */
    private static Room of(String... innermost) {
        return Room.of(
                Stream.concat(Stream.of(innermost).map(RoomTest::qualified), BELOW.stream())
                        .toList());
    }

    private static String qualified(String name) {
        return name.startsWith("java") || name.startsWith("sun.") ? name : SERVER + name;
    }
}
