package io.gemproxy.server.listener.certificates.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.listener.certificates.acme.AcmeConfig.KeyAlgorithm;
import io.gemproxy.server.listener.certificates.acme.StubCa.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an authority may do wrong: nothing of it is installed, all of it is said. */
final class AuthorityFaultsIT {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir Path directory;
    private AcmeBench bench;
    private StubCa ca;
    private Renewal renewal;

    @BeforeEach
    void open() throws Exception {
        bench = new AcmeBench(directory);
        ca = new StubCa(bench.clock());
        renewal = bench.renewal(bench.wish(ca, "one.example", "two.example"));
    }

    @AfterEach
    void close() {
        ca.close();
        bench.close();
    }

    @Test
    void whatIsRightIsInstalled() throws Exception {
        renewal.step(false);
        assertEquals(List.of(), bench.failed);
        assertTrue(Files.exists(bench.certificate()));
    }

    @Test
    void whatIsDueAsItComesIsServedAndNotOrderedAgainAtOnce() throws Exception {
        ca.issuing =
                (names, key, now) ->
                        List.of(
                                ca.issuer.issue(
                                        names,
                                        key,
                                        now.minus(Duration.ofHours(3)),
                                        now.plus(Duration.ofHours(1))),
                                ca.issuer.certificate());
        renewal.step(false);
        renewal.step(false);
        assertEquals(1, bench.obtained.size());
        bench.advance(Duration.ofMinutes(31));
        renewal.step(false);
        assertEquals(2, bench.obtained.size());
    }

    static Stream<Arguments> unfitChains() {
        TestIssuer other = new TestIssuer("Stub");
        return Stream.of(
                unfit("another key", (ca, names, key, now) -> List.of(issue(ca, names, now))),
                unfit(
                        "the name two.example",
                        (ca, names, key, now) ->
                                List.of(
                                        ca.issuer.issue(
                                                List.of("one.example"), key, now, now.plus(DAY)))),
                unfit(
                        "it expired at",
                        (ca, names, key, now) ->
                                List.of(
                                        ca.issuer.issue(
                                                names, key, now.minus(DAY), now.minusSeconds(1)))),
                unfit(
                        "it is not valid before",
                        (ca, names, key, now) ->
                                List.of(ca.issuer.issue(names, key, now.plus(DAY), now.plus(DAY)))),
                unfit(
                        "its chain is broken at certificate 2",
                        (ca, names, key, now) ->
                                List.of(
                                        ca.issuer.issue(names, key, now, now.plus(DAY)),
                                        other.certificate())),
                unfit(
                        "its chain is broken at certificate 2",
                        (ca, names, key, now) ->
                                List.of(
                                        ca.issuer.issue(names, key, now, now.plus(DAY)),
                                        ca.issuer.issue(names, key, now, now.plus(DAY)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfitChains")
    void anUnfitCertificateIsNotInstalled(String fault, Unfit unfit) throws Exception {
        ca.issuing = (names, key, now) -> unfit.issue(ca, names, key, now);
        renewal.step(false);
        assertEquals(AcmeFailure.Kind.UNFIT_CERTIFICATE, bench.failed.getFirst().kind());
        assertTrue(bench.failed.getFirst().said().contains(fault), bench.failed.getFirst().said());
        assertFalse(Files.exists(bench.certificate()));
        assertFalse(Files.exists(bench.key()));
    }

    static Stream<Arguments> faults() {
        String html = "<html><h1>Wartung</h1>";
        return Stream.of(
                fault("/finalize", Answer.problem(400, "badCSR", "no such key"), "REFUSED"),
                fault("/order", Answer.problem(403, "rejectedIdentifier", "no"), "REFUSED"),
                fault("/dir", new Answer(200, "text/html", html, Map.of()), "PROTOCOL"),
                fault("/dir", new Answer(503, "text/html", html, Map.of()), "PROTOCOL"),
                fault("/order", new Answer(500, "text/html", html, Map.of()), "PROTOCOL"),
                fault("/order", new Answer(201, "application/json", "{\"st", Map.of()), "PROTOCOL"),
                fault("/authz", new Answer(200, "application/json", "[]", Map.of()), "PROTOCOL"),
                fault("/cert", new Answer(200, "text/html", html, Map.of()), "PROTOCOL"),
                fault(
                        "/cert",
                        new Answer(200, "application/pem-certificate-chain", "-----", Map.of()),
                        "PROTOCOL"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void whatIsNoAnswerIsSaidAndTriedAgainByTheSchedule(String path, Answer answer, String kind)
            throws Exception {
        ca.faults.put(path, answer);
        renewal.step(false);
        AcmeFailure why = bench.failed.getFirst();
        assertEquals(kind, why.kind().name(), why.said());
        assertFalse(why.said().contains("\n"));
        assertEquals(1, bench.memory().failures());
        long asked = ca.paths.size();
        renewal.step(false);
        assertEquals(asked, ca.paths.size(), "not before its time");

        ca.faults.clear();
        bench.advance(Duration.ofSeconds(67));
        renewal.step(false);
        assertEquals(1, bench.obtained.size());
        assertEquals(0, bench.memory().failures());
    }

    @Test
    void aDateOfTheAuthorityIsKeptTo() throws Exception {
        Answer limited = Answer.problem(429, "rateLimited", "too many certificates");
        ca.faults.put(
                "/order",
                new Answer(429, limited.type(), limited.body(), Map.of("Retry-After", "7200")));
        renewal.step(false);
        assertEquals(AcmeFailure.Kind.RATE_LIMITED, bench.failed.getFirst().kind());
        Instant next = renewal.status().nextAttempt();
        assertTrue(next.isAfter(bench.clock().instant().plus(Duration.ofMinutes(119))));

        ca.faults.clear();
        renewal.step(true);
        assertEquals(List.of(), bench.obtained, "an admin has to wait too");
        bench.advance(Duration.ofMinutes(121));
        renewal.step(true);
        assertEquals(1, bench.obtained.size());
    }

    @Test
    void nothingIsOrderedThatCannotBeStored() throws Exception {
        Files.writeString(bench.certificate().getParent(), "no directory");
        renewal.step(false);
        assertEquals(AcmeFailure.Kind.STORAGE, bench.failed.getFirst().kind());
        assertEquals(List.of(), ca.orders);

        Files.delete(bench.certificate().getParent());
        bench.advance(Duration.ofMinutes(2));
        renewal.step(false);
        assertEquals(1, bench.obtained.size());
    }

    @Test
    void aScheduleThatCannotBeStoredIsKeptToAllTheSame() throws Exception {
        ca.faults.put("/order", Answer.problem(403, "unauthorized", "no"));
        bench.full = true;
        renewal.step(false);
        int asked = ca.paths.size();
        renewal.step(false);
        renewal.step(false);
        assertEquals(asked, ca.paths.size());
        assertEquals(1, bench.failed.size());
    }

    @Test
    void anOrderThatIsStuckIsPolledSlowlyAndGivenUp() throws Exception {
        ca.faults.put(
                "/order/1",
                new Answer(
                        200,
                        "application/json",
                        "{\"status\":\"processing\",\"identifiers\":[],\"authorizations\":[],"
                                + "\"finalize\":\"http://127.0.0.1/\"}",
                        Map.of("Retry-After", "30")));
        List<Duration> pauses = new ArrayList<>();
        Renewal patient = bench.renewal(bench.wish(ca, "one.example"), pauses::add);
        patient.step(false);
        assertEquals(AcmeFailure.Kind.STUCK, bench.failed.getFirst().kind());
        assertTrue(pauses.stream().allMatch(it -> it.compareTo(Duration.ofSeconds(1)) >= 0));
        Duration all = pauses.stream().reduce(Duration.ZERO, Duration::plus);
        assertTrue(all.compareTo(Duration.ofMinutes(12)) < 0, all.toString());
        assertTrue(ca.count("/order/1") < 30);
    }

    @Test
    void theSecondDirectoryIsAskedWhenTheFirstFails() throws Exception {
        try (StubCa second = new StubCa(bench.clock())) {
            ca.faults.put("/order", Answer.problem(500, "serverInternal", "sorry"));
            bench.renewal(bench.wish(ca, "one.example").fallback(second.directory())).step(false);
            assertEquals(List.of(), bench.failed);
            assertEquals(second.directory().toString(), bench.memory().directory());
            try (Stream<Path> keys = Files.list(directory.resolve("state/accounts"))) {
                assertEquals(2, keys.count());
            }
        }
    }

    @Test
    void aProfileIsOrderedWhereThereIsOneAndMissedWhereThereIsNone() throws Exception {
        AcmeWish wish = bench.wish(ca, "one.example").profile("shortlived");
        bench.renewal(wish).step(false);
        assertTrue(bench.failed.getFirst().said().contains("no profile shortlived"));

        ca.profiles = "{\"shortlived\":\"six days\"}";
        bench.advance(Duration.ofSeconds(67));
        bench.renewal(wish).step(false);
        assertEquals("shortlived", ca.orders.getLast().path("profile").asText());
    }

    @Test
    void instancesThatShareTheStorageOrderOnce() throws Exception {
        Renewal other = bench.renewal(bench.wish(ca, "one.example", "two.example"));
        StubCa.Issuing usual = ca.issuing;
        List<Instant> next = new ArrayList<>();
        ca.issuing =
                (names, key, now) -> {
                    try {
                        next.add(other.step(false));
                    } catch (InterruptedException hurried) {
                        throw new IllegalStateException(hurried);
                    }
                    return usual.issue(names, key, now);
                };
        renewal.step(false);
        assertTrue(next.getFirst().isAfter(bench.clock().instant()), "it looks again later");
        bench.advance(Duration.ofSeconds(31));
        other.step(false);
        assertEquals(1, ca.orders.size());
        assertEquals(1, bench.obtained.size());
        assertEquals(List.of(), bench.failed);
    }

    private static X509Certificate issue(StubCa ca, List<String> names, Instant now) {
        return ca.issuer.issue(
                names,
                KeyAlgorithm.P256.generate(new SecureRandom()).getPublic(),
                now,
                now.plus(DAY));
    }

    private static Arguments unfit(String fault, Unfit unfit) {
        return Arguments.of(fault, unfit);
    }

    private static Arguments fault(String path, Answer answer, String kind) {
        return Arguments.of(path, answer, kind);
    }

    /** A chain that should not be. */
    @FunctionalInterface
    interface Unfit {
        List<X509Certificate> issue(StubCa ca, List<String> names, PublicKey key, Instant now);
    }
}
