package io.gemproxy.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.cli.doctor.Diagnosis.Verdict;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import io.gemproxy.server.listener.unix.SocketFile;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check fails where it should, and says what to do. */
final class ExaminationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String SOUND =
            """
            gemini:
              api_keys: [{id: primary, key: AQ.Ab8RN6KkqzXvT1mP0wYc4LhJ7sD2fG9e}]
            auth:
              jwt_secret: kC3vXo8b5QpW1zR7tYn4uJm6sDf9gHa2eLqVwPxB
              rate_limit_per_minute: 60
            """;

    private final SecureRandom random = new SecureRandom();

    @TempDir private Path directory;

    @Test
    void allIsWellWhereNothingIsWrong() throws IOException {
        try (SocketFile _ = SocketFile.bind(socket())) {
            allIsWell();
        }
    }

    private void allIsWell() throws IOException {
        for (Diagnosis one : all(withSocket(), network())) {
            assertEquals(Verdict.OK, one.verdict(), one.toString());
            assertTrue(one.remedy().isEmpty(), one.toString());
        }
    }

    @Test
    void theConfigurationFails() throws IOException {
        var all = all("server: {prot: 1}\n" + SOUND, network());
        failed(all, "config", "prot", "gemproxy-cli validate config/proxy.yaml");
        all.subList(1, all.size()).forEach(one -> assertEquals(Verdict.SKIPPED, one.verdict()));
    }

    @Test
    void keysThatTheServerMayHaveFromElsewhereKeepNoOtherCheckBack() throws IOException {
        var all = all(SOUND.replaceFirst("(?s).*?(?=auth:)", ""), network());
        failed(all, "config", "there is no API key", "validate");
        assertEquals(Verdict.SKIPPED, one(all, "key types").verdict());
        assertEquals(Verdict.OK, one(all, "ports").verdict());
    }

    @Test
    void keyTypesFail() throws IOException {
        failed(
                all(SOUND.replace("AQ.", "ya29."), network()),
                "key types",
                "primary: an OAuth access token",
                "https://aistudio.google.com/apikey");
        var old = one(all(SOUND.replace("AQ.", "AI" + "za"), network()), "key types");
        assertEquals(Verdict.WARNING, old.verdict());
        assertTrue(old.remedy().orElseThrow().startsWith("make a new key"), old.toString());
    }

    @Test
    void theClockFails() throws IOException {
        failed(
                all(SOUND, new FakeNetwork(NOW.plus(Duration.ofMinutes(5)))),
                "clock",
                "off by 5 min",
                "timedatectl set-ntp true");
        var almost = all(SOUND, new FakeNetwork(NOW.minusSeconds(20)));
        assertEquals(Verdict.OK, one(almost, "clock").verdict());
    }

    @Test
    void dnsFails() throws IOException {
        failed(
                all(SOUND, network().unknown(new UnknownHostException("x"))),
                "dns",
                "generativelanguage.googleapis.com has no address",
                "getent hosts generativelanguage.googleapis.com");
    }

    @Test
    void tlsFails() throws IOException {
        var all = all(SOUND, network().silent(new SSLHandshakeException("no path")));
        failed(all, "tls", "no path", "keytool -importcert");
        failed(all, "upstream", "TLS fails", "curl -sv");
        assertEquals(Verdict.SKIPPED, one(all, "clock").verdict());
    }

    @Test
    void theUpstreamFails() throws IOException {
        var all = all(SOUND, network().silent(new ConnectException("Connection refused")));
        failed(all, "upstream", "cannot be reached: Connection refused", "firewall");
        assertEquals(Verdict.SKIPPED, one(all, "tls").verdict());
        var ill = one(all(SOUND, network().answering(503)), "upstream");
        assertEquals(Verdict.WARNING, ill.verdict());
        assertTrue(ill.remedy().isPresent());
    }

    @Test
    void theCertificateFails() throws IOException {
        certificate(Duration.ofDays(1), NOW.minus(Duration.ofDays(3)));
        failed(all(SOUND, network()), "certificate", "expired at 2026-11-19", "cert self-signed");
        certificate(Duration.ofDays(10), NOW);
        var soon = one(all(SOUND, network()), "certificate");
        assertEquals(Verdict.WARNING, soon.verdict());
        assertTrue(soon.remedy().isPresent());
        certificate(Duration.ofDays(90), NOW);
        assertEquals("ends in 90 d", one(all(SOUND, network()), "certificate").found());
        Files.delete(directory.resolve("certs/key.pem"));
        failed(all(SOUND, network()), "certificate", "key.pem is not there", "cert self-signed");
    }

    @Test
    void portsFail() throws IOException {
        var inUse = new BindException("Address already in use");
        failed(
                all(SOUND, network().taken(inUse)),
                "ports",
                "0.0.0.0:8443 is taken by another program",
                "ss -ltnp 'sport = :8443'");
        failed(
                all(SOUND, network().taken(new BindException("Permission denied"))),
                "ports",
                "is for root",
                "CAP_NET_BIND_SERVICE");
        failed(
                all(SOUND, network().taken(new BindException("Cannot assign requested address"))),
                "ports",
                "cannot assign",
                "server.host");
        var running = network().taken(inUse).local("{\"name\":\"listener_proxy\"}");
        assertEquals(Verdict.OK, one(all(SOUND, running), "ports").verdict());
    }

    @Test
    void theSocketThatNobodyListensToFails() throws IOException {
        try (SocketFile _ = SocketFile.bind(socket())) {
            var dead = network().refusing(new ConnectException("Connection refused"));
            failed(all(withSocket(), dead), "socket", "nobody listens on", "start the server");
            var notOurs = network().refusing(new SocketException("Permission denied"));
            var one = one(all(withSocket(), notOurs), "socket");
            assertEquals(Verdict.WARNING, one.verdict());
            assertTrue(one.remedy().orElseThrow().contains("usermod -aG"), one.toString());
            Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rw-rw-rw-"));
            failed(all(withSocket(), network()), "socket", "open to other", "chmod 0660 /");
        }
    }

    @Test
    void theSocketThatIsNotThereFailsWhereTheServerRuns() throws IOException {
        assertEquals(Verdict.OK, one(all(withSocket(), network()), "socket").verdict());
        var running = network().local("{\"name\":\"listener_proxy\"}");
        failed(all(withSocket(), running), "socket", "is not there", "restart the server");
        Files.writeString(socket(), "a file");
        failed(all(withSocket(), running), "socket", "is no socket", "move it away");
        assertEquals(Verdict.SKIPPED, one(all(SOUND, running), "socket").verdict());
    }

    @Test
    void theCertificateOfTheAdminPortFails() throws IOException {
        certificate(Duration.ofDays(90), NOW);
        String own = "admin: {tls: {enabled: true, cert_path: a.pem, key_path: b.pem}}\n";
        SelfSignedCertificate.create(
                        List.of("localhost"),
                        Duration.ofDays(1),
                        InstantSource.fixed(NOW.minus(Duration.ofDays(3))),
                        random)
                .write(directory.resolve("a.pem"), directory.resolve("b.pem"), false);
        failed(
                all(SOUND + own, network()),
                "certificate",
                "of the admin port: " + directory.resolve("a.pem") + " expired",
                "cert self-signed");
        String shared = "admin: {tls: {enabled: true}}\n";
        assertEquals("ends in 90 d", one(all(SOUND + shared, network()), "certificate").found());
    }

    @Test
    void theStateDirectoryFails() throws IOException {
        Files.writeString(directory.resolve("var"), "a file");
        failed(all(SOUND, network()), "state", "is no directory", "state.dir");
        Files.delete(directory.resolve("var"));
        Files.createDirectory(
                directory.resolve("var"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(directory.resolve("var/revocations.json"), "{damaged");
        failed(all(SOUND, network()), "state", "revocations.json", "backup");
    }

    @Test
    void fileModesFail() throws IOException {
        Path file = directory.resolve("config/proxy.yaml");
        var found = all(SOUND, network(), "rw-r--r--");
        failed(found, "file modes", "proxy.yaml: open to other", "chmod g-w,o-rwx " + file);
        assertEquals(Verdict.OK, one(all(SOUND, network(), "rw-r-----"), "file modes").verdict());
    }

    /** A check that is added has to be made to fail here. */
    @Test
    void thereIsNoCheckThatNothingMakesFailWithARemedy() throws IOException {
        Set<String> checks = new TreeSet<>();
        all(SOUND, network()).forEach(one -> checks.add(one.check()));
        List<Diagnosis> found = new ArrayList<>();
        found.addAll(all("server: {prot: 1}\n" + SOUND, network()));
        found.addAll(all(SOUND.replace("AQ.", "ya29."), network()));
        found.addAll(all(SOUND, new FakeNetwork(NOW.plus(Duration.ofMinutes(5)))));
        found.addAll(all(SOUND, network().unknown(new UnknownHostException("x"))));
        found.addAll(all(SOUND, network().silent(new SSLHandshakeException("no path"))));
        found.addAll(all(SOUND, network().taken(new UnknownHostException("x")), "rw-r--r--"));
        certificate(Duration.ofDays(1), NOW.minus(Duration.ofDays(3)));
        Files.writeString(directory.resolve("var"), "a file");
        Files.writeString(socket(), "a file");
        found.addAll(all(withSocket(), network()));
        Set<String> failed = new TreeSet<>();
        found.stream()
                .filter(one -> one.verdict() == Verdict.FAILED && one.remedy().isPresent())
                .forEach(one -> failed.add(one.check()));
        assertEquals(checks, failed);
    }

    private Path socket() {
        return directory.resolve("admin.sock");
    }

    private String withSocket() {
        return SOUND + "admin: {socket: " + socket() + "}\n";
    }

    private static FakeNetwork network() {
        return new FakeNetwork(NOW);
    }

    private List<Diagnosis> all(String yaml, Network network) throws IOException {
        return all(yaml, network, "rw-------");
    }

    private List<Diagnosis> all(String yaml, Network network, String mode) throws IOException {
        Path file = directory.resolve("config/proxy.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        InstantSource clock = InstantSource.fixed(NOW);
        var installation = new Installation(Map.of(), directory, clock, random);
        return new Examination(installation, network, clock, random)
                .of(new ConfigSource.Search(), _ -> {});
    }

    private void certificate(Duration life, Instant from) throws IOException {
        SelfSignedCertificate.create(List.of("localhost"), life, InstantSource.fixed(from), random)
                .write(
                        directory.resolve("certs/cert.pem"),
                        directory.resolve("certs/key.pem"),
                        true);
    }

    private static Diagnosis one(List<Diagnosis> all, String check) {
        return all.stream().filter(it -> it.check().equals(check)).findFirst().orElseThrow();
    }

    private static void failed(List<Diagnosis> all, String check, String found, String remedy) {
        Diagnosis one = one(all, check);
        assertEquals(Verdict.FAILED, one.verdict(), one.toString());
        assertTrue(one.found().contains(found), one.toString());
        assertTrue(one.remedy().orElseThrow().contains(remedy), one.toString());
    }
}
