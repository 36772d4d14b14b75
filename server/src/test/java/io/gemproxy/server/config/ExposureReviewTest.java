package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is noticed of a server that others reach, and of none that they do not. */
class ExposureReviewTest {
    private static final Set<Rule> EXPOSURE =
            Set.of(Rule.OPEN_ENDPOINTS, Rule.NO_FAILURE_LIMIT, Rule.NO_BUDGET);
    private static final String DIGEST = "sha256:" + "9f86d081884c7d65".repeat(4);
    private static final String FAILURES = "limits: {address: {auth_failures_per_minute: 30}}\n";
    private static final String CLIENT =
            "auth: {clients: [{name: ci, keys: ['" + DIGEST + "'], budgets: {day: {usd: 5}}}]}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin: {host: 0.0.0.0, tls: {enabled: true}}",
                "admin: {host: 10.0.0.1, open_endpoints: true}"
            })
    void openEndpointsBeyondThisMachineAreNoticedWithTlsAndWithout(String yaml) {
        assertEquals(List.of("GPX2026 admin.open_endpoints"), said(yaml));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin: {host: 0.0.0.0, open_endpoints: false, tls: {enabled: true}}",
                "admin: {host: 127.0.0.1, open_endpoints: true}",
                ""
            })
    void closedOrLocalEndpointsAreNot(String yaml) {
        assertEquals(List.of(), said(yaml));
    }

    @Test
    void theScoreTellsOpenEndpointsFromClosedOnes() {
        String open = "admin: {host: 0.0.0.0, tls: {enabled: true}}";
        String closed = "admin: {host: 0.0.0.0, open_endpoints: false, tls: {enabled: true}}";
        assertEquals(5, score(closed) - score(open));
    }

    @Test
    void guessesWithoutALimitAreNoticedWhereThereIsSomethingToGuess() {
        assertEquals(List.of("GPX2027 limits.address.auth_failures_per_minute"), said(CLIENT));
        assertEquals(List.of(), said(CLIENT + FAILURES));
        assertEquals(List.of(), said(CLIENT + local()));
        assertEquals(List.of(), said(CLIENT.replace("keys: ['" + DIGEST + "'], ", "")));
    }

    @Test
    void aClientWithoutAnyBoundOfADayIsNoticedAtItsPlace() {
        String two =
                "auth: {clients: [{name: a, limits: {requests_per_minute: 5}}, {name: b,"
                        + " budgets: {month: {tokens: 5}}}, {name: c}]}\n";
        assertEquals(
                List.of("GPX2028 auth.clients[0].budgets", "GPX2028 auth.clients[2].budgets"),
                said(two));
        assertEquals(List.of(), said(two + local()));
        assertEquals(List.of(), said(two + "limits: {client: {requests_per_day: 500}}\n"));
        assertEquals(
                List.of(), said("auth: {clients: [{name: a, limits: {requests_per_day: 5}}]}"));
        assertEquals(List.of(), said("auth: {enabled: false, clients: [{name: c}]}"));
    }

    /** A misspelt key is said once, not as missing besides. */
    @Test
    void whatIsMisspeltIsNotCalledMissingToo() {
        List<Finding> findings =
                Loads.text("auth: {clients: [{name: c, budgts: {day: {usd: 5}}}]}", Map.of())
                        .findings();
        assertTrue(findings.stream().anyMatch(it -> it.rule() == Rule.UNKNOWN_KEY));
        assertTrue(findings.stream().noneMatch(it -> it.rule() == Rule.NO_BUDGET));
    }

    @Test
    void theyAreNoticesSoThatNothingStopsAtThem() {
        assertTrue(EXPOSURE.stream().allMatch(it -> it.severity() == Severity.NOTICE));
    }

    private static String local() {
        return "server: {host: 127.0.0.1}\n";
    }

    private static int score(String yaml) {
        return ConfigText.score(Loads.text(yaml, Map.of()).findings());
    }

    private static List<String> said(String yaml) {
        return Loads.text(yaml, Map.of()).findings().stream()
                .filter(it -> EXPOSURE.contains(it.rule()))
                .map(it -> it.rule().code() + " " + it.key())
                .toList();
    }
}
