package io.gemproxy.server;

import static io.gemproxy.server.LimitsIT.HELLO;
import static io.gemproxy.server.LimitsIT.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Limits of a day on addresses and on all clients together, through the whole server. */
@ResourceLock("metrics")
final class DayLimitsIT {
    @TempDir Path directory;

    private static ServerFixture with(String... sets) throws Exception {
        FixtureBuilder builder = ServerFixture.with();
        List.of(sets).forEach(builder::set);
        return builder.start();
    }

    /** Seconds to midnight by the clock of this machine, which is the server's. */
    private static void assertRetryAtMidnight(Wire.Reply refused) {
        Instant now = Instant.now();
        Instant midnight =
                LocalDate.ofInstant(now, ZoneOffset.UTC)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
        long told = Long.parseLong(refused.field("retry-after").orElseThrow());
        long left = Duration.between(now, midnight).toSeconds();
        assertTrue(told >= left && told <= left + 60, () -> told + " instead of " + left);
    }

    @Test
    void anAddressBehindATrustedProxyHasItsOwnDayAndIsToldMidnight() throws Exception {
        try (ServerFixture server =
                with("server.trusted_proxies=127.0.0.0/8", "limits.address.requests_per_day=2")) {
            String one = "X-Forwarded-For: 203.0.113.5, 192.0.2.1";
            Wire.Reply first = call(server, server.token(), HELLO, one);
            assertEquals(200, first.status());
            assertTrue(first.field("ratelimit").isEmpty(), "an address is told only when refused");
            assertEquals(200, call(server, server.token(), HELLO, one).status());
            Wire.Reply refused = call(server, server.token(), HELLO, one);
            assertEquals(429, refused.status());
            assertTrue(refused.text().contains("ADDRESS_DAY_LIMIT"), refused::text);
            assertRetryAtMidnight(refused);
            assertEquals(
                    "\"address-day\";q=2;w=86400", refused.field("ratelimit-policy").orElseThrow());
            assertEquals("address-day", server.auditOf(refused).path("policy").asText());
            server.advance(Duration.ofMinutes(5));
            assertEquals(429, call(server, server.token(), HELLO, one).status());
            assertEquals(
                    200,
                    call(server, server.token(), HELLO, "X-Forwarded-For: 192.0.2.2").status());
        }
    }

    @Test
    void aWrongCredentialCountsForItsAddressAndNotForAll() throws Exception {
        try (ServerFixture server =
                with("limits.address.requests_per_day=3", "limits.global.requests_per_day=1")) {
            assertEquals(401, call(server, "nobody", HELLO).status());
            assertEquals(401, call(server, "nobody", HELLO).status());
            assertEquals(200, call(server, server.token(), HELLO).status());
            Wire.Reply refused = call(server, server.token(), HELLO);
            assertTrue(refused.text().contains("GLOBAL_DAY_LIMIT"), refused::text);
        }
        try (ServerFixture server = with("limits.address.requests_per_day=2")) {
            assertEquals(401, call(server, "nobody", HELLO).status());
            assertEquals(401, call(server, "nobody", HELLO).status());
            assertEquals(429, call(server, server.token(), HELLO).status());
        }
    }

    @Test
    void ofAThousandParallelRequestsOfSeveralClientsExactlyTheLimitIsAdmitted() throws Exception {
        try (ServerFixture server = with("limits.global.requests_per_day=137")) {
            List<Wire.Reply> replies = LimitsIT.parallel(server, server.token(), 1_000);
            assertEquals(137, replies.stream().filter(it -> it.status() == 200).count());
            assertEquals(137, server.simulator.requests());
            Wire.Reply refused = call(server, ServerFixture.token("other"), HELLO);
            assertEquals(429, refused.status());
            assertRetryAtMidnight(refused);
        }
    }

    @Test
    void ofAThousandParallelRequestsOfAnAddressExactlyTheLimitIsAdmitted() throws Exception {
        try (ServerFixture server = with("limits.address.requests_per_day=137")) {
            List<Wire.Reply> replies = LimitsIT.parallel(server, server.token(), 1_000);
            assertEquals(137, replies.stream().filter(it -> it.status() == 200).count());
        }
    }

    @Test
    void whatAClientsOwnLimitRefusesDoesNotCountForAll() throws Exception {
        try (ServerFixture server =
                with("limits.client.requests_per_day=1", "limits.global.requests_per_day=2")) {
            assertEquals(200, call(server, server.token(), HELLO).status());
            assertEquals(429, call(server, server.token(), HELLO).status());
            assertEquals(429, call(server, server.token(), HELLO).status());
            assertEquals(200, call(server, ServerFixture.token("other"), HELLO).status());
        }
    }

    @Test
    void tokensOfADayAreSettledByWhatTheAnswerNames() throws Exception {
        for (String limit : List.of("address", "global")) {
            try (ServerFixture server = with("limits." + limit + ".tokens_per_day=1000")) {
                Wire.Reply first = call(server, server.token(), HELLO);
                assertEquals(200, first.status(), first::everything);
                long used =
                        ServerFixture.json(first)
                                .path("usageMetadata")
                                .path("totalTokenCount")
                                .asLong();
                long room = 1_000 - used - HELLO.length() / 4L - 2;
                Wire.Reply tooMuch =
                        call(server, server.token(), HELLO.replace(":16}", ":" + (room + 4) + "}"));
                assertEquals(429, tooMuch.status(), tooMuch::everything);
                assertTrue(tooMuch.text().contains("_DAY_TOKEN_LIMIT"), tooMuch::text);
                assertRetryAtMidnight(tooMuch);
                Wire.Reply fits =
                        call(server, server.token(), HELLO.replace(":16}", ":" + room + "}"));
                assertEquals(200, fits.status(), fits::everything);
            }
        }
    }

    @Test
    void theTokensOfAClientWithoutAnOwnLimitAreThoseOfTheDefault() throws Exception {
        try (ServerFixture server = with("limits.client.tokens_per_day=1000")) {
            Wire.Reply first = call(server, server.token(), HELLO);
            assertEquals(200, first.status());
            assertTrue(first.field("ratelimit").orElseThrow().contains("daily-tokens"));
            Wire.Reply refused = call(server, server.token(), HELLO.replace(":16}", ":970}"));
            assertTrue(refused.text().contains("DAILY_TOKEN_BUDGET"), refused::text);
        }
    }

    @Test
    void aLimitThatIsReloadedKeepsTheCount() throws Exception {
        try (ServerFixture server = with()) {
            server.config.reload(server.server, yaml -> yaml + limits(3));
            for (int i = 0; i < 3; i++) {
                assertEquals(200, call(server, server.token(), HELLO).status());
            }
            assertEquals(429, call(server, server.token(), HELLO).status());
            server.config.reload(server.server, yaml -> yaml.replace(limits(3), limits(4)));
            assertEquals(200, call(server, server.token(), HELLO).status());
            assertEquals(429, call(server, server.token(), HELLO).status());
            server.config.reload(server.server, yaml -> yaml.replace(limits(4), ""));
            assertEquals(200, call(server, server.token(), HELLO).status());
        }
    }

    private static String limits(int perDay) {
        return "limits: {address: {requests_per_day: %d}, global: {requests_per_day: %d}}\n"
                .formatted(perDay, perDay);
    }

    private ServerFixture onDisk(String limit, Path state) throws Exception {
        return with("state.dir=" + state, limit);
    }

    @Test
    void bothDaysAreRememberedOverARestart() throws Exception {
        for (String limit :
                List.of("limits.address.requests_per_day=2", "limits.global.requests_per_day=2")) {
            Path state = directory.resolve(limit.substring(7, 13));
            try (ServerFixture server = onDisk(limit, state)) {
                assertEquals(200, call(server, server.token(), HELLO).status());
            }
            try (ServerFixture server = onDisk(limit, state)) {
                assertEquals(200, call(server, server.token(), HELLO).status());
                assertEquals(429, call(server, server.token(), HELLO).status());
            }
        }
    }

    @Test
    void theDayOfAllIsOnTheDiskBeforeARequestIsServed() throws Exception {
        String limit = "limits.global.requests_per_day=2";
        Path left = Files.createDirectory(directory.resolve("left"));
        try (ServerFixture server = onDisk(limit, directory.resolve("var"))) {
            assertEquals(200, call(server, server.token(), HELLO).status());
            assertEquals(200, call(server, server.token(), HELLO).status());
            Files.copy(
                    directory.resolve("var").resolve("days.journal"), left.resolve("days.journal"));
        }
        try (ServerFixture server = onDisk(limit, left)) {
            assertEquals(429, call(server, server.token(), HELLO).status());
        }
    }

    @Test
    void aDamagedFileRefusesAllUntilAnOperatorResetsIt() throws Exception {
        String limit = "limits.global.requests_per_day=9";
        Path state = directory.resolve("var");
        try (ServerFixture server = onDisk(limit, state)) {
            assertEquals(200, call(server, server.token(), HELLO).status());
        }
        Path journal = state.resolve("days.journal");
        String text = Files.readString(journal);
        Files.writeString(
                journal,
                text.replace("\"requests\":", "\"requestz\":")
                        + text.lines().findFirst().orElseThrow()
                        + "\n");
        try (ServerFixture server = onDisk(limit, state)) {
            Wire.Reply refused = call(server, server.token(), HELLO);
            assertEquals(503, refused.status(), refused::everything);
            assertTrue(refused.text().contains("BUDGET_UNKNOWN"), refused::text);
            try (Wire wire = Wire.to(server.server.adminPort())) {
                String operator =
                        ServerFixture.token(
                                TokenGrant.of("operator", Duration.ofMinutes(5), Role.ADMIN));
                wire.send(
                        "POST",
                        "/api/budgets/reset",
                        List.of("Authorization: Bearer " + operator),
                        new byte[0]);
                assertEquals(200, wire.read().status());
            }
            assertEquals(200, call(server, server.token(), HELLO).status());
        }
    }
}
