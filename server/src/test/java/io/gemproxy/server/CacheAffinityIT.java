package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.simulator.record.Seen;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Prompts meet the project that caches them, and what that is worth. */
final class CacheAffinityIT {
    private static final int PROJECTS = 8;
    private static final int TURNS = 10;
    private static final Duration CACHED = Duration.ofHours(1);

    private static ServerFixture pool(int projects, String affinity) throws Exception {
        FixtureBuilder builder =
                ServerFixture.with().prefixCache(CACHED).set("gemini.cache_affinity=" + affinity);
        for (int i = 0; i < projects; i++) {
            builder.key("k" + i, "p" + i);
        }
        return builder.start();
    }

    private static double share(int projects, String affinity, boolean sessions) throws Exception {
        try (ServerFixture server = pool(projects, affinity)) {
            return new Tenants(server, sessions).talk(TURNS).share();
        }
    }

    @Test
    void eightProjectsCacheAsMuchAsASingleKey() throws Exception {
        double single = share(1, "none", false);
        double byPrefix = share(PROJECTS, "prefix", false);
        double bySession = share(PROJECTS, "session", true);
        double byBoth = share(PROJECTS, "both", true);
        double without = share(PROJECTS, "none", true);
        String shares =
                "cached share: single key %.3f, prefix %.3f, session %.3f, both %.3f, none %.3f"
                        .formatted(single, byPrefix, bySession, byBoth, without);
        assertTrue(byPrefix >= 0.95 * single, shares);
        assertTrue(byBoth >= 0.95 * single, shares);
        assertTrue(bySession >= 0.95 * single, shares);
        assertTrue(without < 0.65 * single, shares);
    }

    @Test
    void aConversationFollowsToAnotherProjectWhenItsOwnIsFullAndStaysThere() throws Exception {
        try (ServerFixture server = pool(PROJECTS, "prefix")) {
            Tenants tenants = new Tenants(server, false).talk(1);
            Set<@Nullable String> before = Set.copyOf(projects(server));
            assertEquals(3, before.size(), "one project for each tenant: " + before);
            before.forEach(full -> server.simulator.script("project " + full + ": 429 perday"));
            tenants.talk(1);
            server.simulator.clearRecord();
            tenants.talk(1);
            Set<@Nullable String> after = Set.copyOf(projects(server));
            assertEquals(3, after.size(), "still together: " + after);
            assertTrue(Collections.disjoint(before, after));
        }
    }

    @Test
    void theNameOfTheSessionStaysHere() throws Exception {
        try (ServerFixture server = pool(PROJECTS, "session")) {
            for (int i = 0; i < 4; i++) {
                server.post(
                        ServerFixture.FLASH + ":generateContent",
                        "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}",
                        "X-Gemproxy-Session: chat-1");
            }
            assertEquals(1, Set.copyOf(projects(server)).size());
            for (Seen seen : server.simulator.record()) {
                assertTrue(seen.headers().stream().noneMatch(it -> it.value().contains("chat-1")));
            }
        }
    }

    @Test
    void withoutSessionAndPrefixRequestsGoRound() throws Exception {
        try (ServerFixture server = pool(PROJECTS, "session")) {
            new Tenants(server, false).talk(1);
            assertEquals(PROJECTS, Set.copyOf(projects(server)).size());
        }
    }

    @Test
    void theSavingIsReportedByClient() throws Exception {
        try (ServerFixture server = pool(PROJECTS, "prefix")) {
            Tenants tenants = new Tenants(server, false).talk(3);
            JsonNode report = savings(server);
            assertEquals("2026-08-24", report.path("prices_as_of").asText());
            assertEquals(3, report.path("clients").size());
            long cached = 0;
            for (JsonNode client : report.path("clients")) {
                long its = client.path("cached_tokens").asLong();
                cached += its;
                assertEquals(its * 0.27e-6, client.path("saved_usd").asDouble(), 1e-6);
                assertEquals(12, client.path("requests").asLong());
            }
            assertEquals(tenants.cached(), cached);
            String metrics = server.admin("/metrics").text();
            assertTrue(metrics.contains("gemini_proxy_cache_saved_usd"), metrics);
        }
    }

    /** The report, once the last answer is in it. */
    private static JsonNode savings(ServerFixture server) throws Exception {
        server.requestsOf("tenant-0", 12);
        server.requestsOf("tenant-1", 12);
        server.requestsOf("tenant-2", 12);
        String admin = ServerFixture.token(TokenGrant.of("root", Duration.ofHours(1), Role.ADMIN));
        try (Wire wire = Wire.to(server.server.adminPort())) {
            wire.send(
                    "GET",
                    "/api/usage/cache",
                    List.of("Authorization: Bearer " + admin),
                    new byte[0]);
            return ServerFixture.json(wire.read());
        }
    }

    private static List<@Nullable String> projects(ServerFixture server) {
        return server.simulator.record().stream().<@Nullable String>map(Seen::project).toList();
    }
}
