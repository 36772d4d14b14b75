package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code backup.sh} beside a busy server, and a server started from what it took. */
@Timeout(600)
final class BackupIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENTS = 4;

    private static final String KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the key of a backup", "AIzaSyBackup-pooled-key-0123456789abcde");

    /** Requests of a day. */
    private static final int CAP = 100_000;

    @TempDir private Path directory;

    @Test
    void whatIsTakenFromABusyServerStartsElsewhereAndAgrees() throws Exception {
        Path home = Files.createDirectory(directory.resolve("a"));
        Path archive = directory.resolve("backup.tar.gz");
        Household old = new Household(home);
        String token;
        String revoked;
        long before;
        long after;
        String certificate;
        try (RunningProxy simulator = Household.simulator(directory)) {
            old.furnish(simulator);
            try (RunningProxy server = RunningProxy.server(home)) {
                token = old.ask("token", "issue", "--subject", "busy", "--rpd", "" + CAP).strip();
                revoked = old.ask("token", "issue", "--subject", "gone").strip();
                old.ask("token", "revoke", revoked);
                old.ask("keys", "disable", "second");
                try (Load load = new Load(old.client(), server, token)) {
                    load.awaits(200);
                    before = spent(old);
                    backUp(old, archive);
                    after = spent(old);
                }
                certificate = certificate(old);
            }
            long logged = records(old);

            Path root = directory.resolve("b");
            assertEquals(0, restore(root, archive).status());
            Household fresh = new Household(root.resolve(home.toString().substring(1)));
            assertFalse(Files.exists(fresh.directory().resolve("var/lock")));
            long kept = records(fresh);
            assertTrue(kept > 200 && kept <= logged, kept + " of " + logged + " records");
            try (RunningProxy server = RunningProxy.server(fresh.directory());
                    HttpClient client = fresh.client()) {
                assertEquals(certificate, certificate(fresh));
                assertEquals("Disabled", state(fresh, "second"));
                assertEquals("Healthy", state(fresh, "first"));
                long restored = spent(fresh);
                // As after a crash: nothing is forgotten, up to two hundredths are charged for
                // nothing.
                assertTrue(
                        before <= restored && restored <= after + 2 * CAP / 100,
                        "spent " + before + ", then " + restored + ", then " + after);
                assertEquals(200, Household.call(client, server, token));
                assertEquals(401, Household.call(client, server, revoked));
            }
            assertTrue(records(fresh) > kept);
        }
        writesThroughNoLinkOutOfItsRoot(home, archive);
        refusesWhatIsThereAndWhatIsDamaged(directory.resolve("b"), archive);
    }

    @Test
    void anAcmeStorageElsewhereIsInItButForItsLocks() throws Exception {
        Path home = Files.createDirectories(directory.resolve("home"));
        Path storage = Files.createDirectories(directory.resolve("shared/acme/accounts"));
        Files.writeString(storage.resolve("authority.pem"), "the account");
        Files.writeString(storage.resolveSibling("schedule.json"), "{}");
        Files.writeString(storage.resolveSibling("order.lock"), "");
        Files.writeString(storage.resolveSibling("lease"), "1 0");
        Household household = new Household(home);
        Files.createDirectories(home.resolve("config"));
        Files.writeString(
                home.resolve("config/proxy.yaml"),
                """
                server: {host: 127.0.0.1, tls: {acme: {storage_dir: "%s"}}}
                auth: {enabled: false}
                gemini: {api_keys: [{id: first, key: "%s"}]}
                """
                        .formatted(storage.resolveSibling("."), KEY));
        Path archive = directory.resolve("acme.tar.gz");
        Outcome backup =
                household.script("backup.sh", "--cli", cli(), "--output", archive.toString());
        assertEquals(0, backup.status(), backup.err());
        Outcome listed =
                Outcome.of(
                        directory,
                        RunningProxy.environment(),
                        List.of("tar", "-tzf", archive.toString()));
        assertEquals(
                List.of("accounts/authority.pem", "schedule.json"),
                listed.out()
                        .lines()
                        .filter(name -> name.matches(".*/shared/acme/.*[^/]"))
                        .map(name -> name.replaceFirst(".*/shared/acme/", ""))
                        .sorted()
                        .toList());
    }

    private void writesThroughNoLinkOutOfItsRoot(Path home, Path archive) throws Exception {
        Path root = directory.resolve("linked");
        Path link = root.resolve(home.resolve("config").toString().substring(1));
        Files.createDirectories(link.resolveSibling("."));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createSymbolicLink(link, elsewhere);
        Outcome refused = restore(root, archive);
        assertEquals(1, refused.status(), refused.err());
        assertTrue(refused.err().contains(link.toString()), refused.err());
        try (var files = Files.list(elsewhere)) {
            assertEquals(0, files.count());
        }
    }

    private void refusesWhatIsThereAndWhatIsDamaged(Path root, Path archive) throws Exception {
        Outcome refused = restore(root, archive);
        assertEquals(1, refused.status(), refused.err());
        assertTrue(refused.err().contains("config/proxy.yaml"), refused.err());
        assertTrue(refused.err().contains("--force"), refused.err());
        Outcome forced = restore(root, archive, "--force");
        assertEquals(0, forced.status(), forced.err());
        try (var files = Files.walk(root)) {
            assertTrue(
                    files.anyMatch(it ->
                            it.toString().matches(".*/config/before-restore-[^/]+/proxy.yaml")));
        }
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 1;
        Files.write(archive, bytes);
        Outcome damaged = restore(directory.resolve("c"), archive);
        assertEquals(1, damaged.status(), damaged.err());
        assertTrue(damaged.err().contains("damaged"), damaged.err());
    }

    private void backUp(Household old, Path archive) throws Exception {
        Outcome backup = old.script("backup.sh", "--cli", cli(), "--output", archive.toString());
        assertEquals(0, backup.status(), backup.err());
        assertTrue(backup.err().contains("intact"), backup.err());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)));
        assertTrue(Files.exists(Path.of(archive + ".sha256")));
        Outcome again = old.script("backup.sh", "--cli", cli(), "--output", archive.toString());
        assertEquals(1, again.status(), again.err());
        assertEquals(0, old.script("backup.sh", "--verify", archive.toString()).status());
    }

    private Outcome restore(Path root, Path archive, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("--cli", cli(), "--root", root.toString()));
        words.addAll(List.of("--restore", archive.toString()));
        words.addAll(List.of(more));
        return new Household(directory).script("backup.sh", words.toArray(String[]::new));
    }

    private static String cli() {
        return Installation.program("gemproxy-cli").toString();
    }

    /** How many records the log has, all of them in order. */
    private static long records(Household of) throws Exception {
        JsonNode verdict = JSON.readTree(of.ask("audit", "verify", "-o", "json"));
        assertEquals("intact", verdict.path("verdict").asText(), verdict.toString());
        assertTrue(verdict.path("files").size() > 1, "was never rotated");
        return verdict.path("records").asLong();
    }

    /** Requests of the client of the load on this day. */
    private static long spent(Household of) throws Exception {
        Matched day = new Matched(of.ask("budgets", "list"), "busy +day +(\\d+)");
        return Long.parseLong(day.group());
    }

    private static String state(Household of, String key) throws Exception {
        return new Matched(of.ask("keys", "show", key, "-o", "json"), "\"state\" : \"(\\w+)\"")
                .group();
    }

    /** The one that clients of that household trust, and so the one that its server shows them. */
    private static String certificate(Household of) throws Exception {
        return Files.readString(of.directory().resolve("certs/cert.pem"));
    }

    /** What a pattern finds first in a text. */
    private record Matched(String text, String pattern) {
        String group() {
            var found = Pattern.compile(pattern).matcher(text);
            assertTrue(found.find(), text);
            return found.group(1);
        }
    }

    /** Clients that ask as fast as they can until it is closed. */
    private static final class Load implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicReference<CountDownLatch> awaited =
                new AtomicReference<>(new CountDownLatch(0));
        private final HttpClient client;
        private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        private final List<Future<Boolean>> running = new ArrayList<>();

        Load(HttpClient client, RunningProxy server, String token) {
            this.client = client;
            Callable<Boolean> ask =
                    () -> {
                        while (!over.get()) {
                            assertEquals(200, Household.call(client, server, token));
                            awaited.get().countDown();
                        }
                        return true;
                    };
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(ask));
            }
        }

        /** Until so many were served. */
        void awaits(int count) throws Exception {
            CountDownLatch all = new CountDownLatch(count);
            awaited.set(all);
            assertTrue(all.await(60, TimeUnit.SECONDS), "the load does not get on");
        }

        @Override
        public void close() {
            over.set(true);
            clients.close();
            client.close();
            running.forEach(Future::resultNow);
        }
    }
}
