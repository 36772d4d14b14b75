package io.gemproxy.server.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.config.ReadConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All parts take over, or none does. */
class ConfigReloaderTest {
    private static final ReloadCause CAUSE =
            new ReloadCause(ReloadCause.Trigger.API, "someone", "for a test");
    private static final String KEY =
            Emissions.OF_THIS_RUN.secret("a pooled key", "AIzaSyReloadKey7QpX2vLmN9sRtB4wYcD6fGhJ");
    private static final String SECRET =
            Emissions.OF_THIS_RUN.secret("a signing secret", "reload-Zq8vN3xT5bW1rK7mJ4cH-signing");
    private static final String BASE =
            """
            server: {host: 127.0.0.1, tls: {enabled: false}}
            auth: {jwt_secret: %s, rate_limit_per_minute: 60}
            gemini: {api_keys: [{id: a, key: %s}]}
            """
                    .formatted(SECRET, KEY);

    @TempDir private Path directory;

    private final List<String> events = new ArrayList<>();
    private final List<AppliedConfig> history = new ArrayList<>();
    private final List<FinishedReload> finished = new ArrayList<>();
    private ConfigReloader reloader;
    private boolean refusing;

    @BeforeEach
    void start() throws IOException {
        write(BASE);
        reloader =
                new ConfigReloader(
                        read(),
                        this::read,
                        List.of(part("first"), part("second")),
                        List.of(finished::add),
                        List.of(history::add),
                        new ConfigVersions(new byte[32]),
                        () -> Instant.EPOCH);
    }

    @Test
    void allAreReadyBeforeTheFirstTakesOver() throws IOException {
        write(BASE.replace("60", "61"));
        ReloadOutcome.Applied applied = applied(reloader.reload(CAUSE));
        assertEquals(List.of("auth.rate_limit_per_minute"), applied.changed());
        assertEquals(
                List.of(
                        "first prepared 61",
                        "second prepared 61",
                        "first committed 61",
                        "second committed 61"),
                events);
    }

    @Test
    void ifOneIsNotReadyNobodyTakesOverAndWhatWasPreparedIsGivenUp() throws IOException {
        refusing = true;
        write(BASE.replace("60", "61"));
        ReloadOutcome.Rejected rejected =
                assertInstanceOf(ReloadOutcome.Rejected.class, reloader.reload(CAUSE));
        assertEquals("not today", rejected.findings().getFirst().what());
        assertEquals(List.of("first prepared 61", "first discarded"), events);
        assertEquals(1, history.size());
        refusing = false;
        applied(reloader.reload(CAUSE));
    }

    @Test
    void anInvalidConfigurationReachesNobody() throws IOException {
        write(BASE.replace("60", "many"));
        ReloadOutcome.Rejected rejected =
                assertInstanceOf(ReloadOutcome.Rejected.class, reloader.reload(CAUSE));
        assertTrue(
                rejected.findings().stream()
                        .anyMatch(it -> it.key().equals("auth.rate_limit_per_minute")));
        assertEquals(List.of(), events);
        assertEquals(finished.getLast(), reloader.status().last().orElseThrow());
        assertEquals("rejected", finished.getLast().result());
    }

    @Test
    void aFileThatIsGoneIsRefused() throws IOException {
        Files.delete(directory.resolve("proxy.yaml"));
        assertInstanceOf(ReloadOutcome.Rejected.class, reloader.reload(CAUSE));
    }

    @Test
    void nothingNewDisturbsNobody() {
        ReloadOutcome outcome = reloader.reload(CAUSE);
        assertEquals(new ReloadOutcome.Unchanged(reloader.status().applied().version()), outcome);
        assertTrue(events.stream().noneMatch(it -> it.contains("committed")), events.toString());
        assertEquals(1, history.size());
    }

    @Test
    void aCommentIsANewVersionWithNothingChanged() throws IOException {
        ConfigVersion before = reloader.status().applied().version();
        write("# why it is so\n" + BASE);
        ReloadOutcome.Applied applied = applied(reloader.reload(CAUSE));
        assertEquals(List.of(), applied.changed());
        assertTrue(!applied.version().equals(before));
        assertEquals(2, history.size());
        assertEquals(CAUSE, history.getLast().cause());
    }

    @Test
    void aDefaultThatIsWrittenDownChangesNothing() throws IOException {
        write(BASE + "logging: {level: info}\n");
        assertEquals(List.of(), applied(reloader.reload(CAUSE)).changed());
    }

    @Test
    void keysGoByTheirIdsNotByTheirPlaces() throws IOException {
        String other = KEY.replace("ReloadKey", "OtherKeyy");
        write(BASE.replace("[{id: a", "[{id: b, key: " + other + ", weight: 7}, {id: a"));
        assertEquals(
                List.of(
                        "gemini.api_keys[b].id",
                        "gemini.api_keys[b].key",
                        "gemini.api_keys[b].weight"),
                applied(reloader.reload(CAUSE)).changed());
    }

    @Test
    void aKeysFileAndTheFileOfASecretBelongToTheConfiguration() throws IOException {
        Path keys = directory.resolve("keys.yaml");
        Path secret = directory.resolve("secret");
        writeSecret(keys, "- {id: a, key: " + KEY + "}\n");
        writeSecret(secret, SECRET);
        write(
                """
                server: {host: 127.0.0.1, tls: {enabled: false}}
                auth: {jwt_secret_file: secret, rate_limit_per_minute: 60}
                gemini: {api_keys_file: keys.yaml}
                """);
        applied(reloader.reload(CAUSE));
        assertTrue(reloader.watched().containsAll(List.of(keys, secret)));
        assertEquals(2, history.getLast().files().size());
        assertTrue(history.getLast().others().contains(secret));
        assertTrue(!history.getLast().others().contains(keys));
        ConfigVersion before = reloader.status().applied().version();
        writeSecret(keys, "- {id: a, key: " + KEY + ", weight: 2}\n");
        ReloadOutcome.Applied weighed = applied(reloader.reload(CAUSE));
        assertTrue(!weighed.version().equals(before));
        assertEquals(List.of("gemini.api_keys[a].weight"), weighed.changed());
        writeSecret(secret, SECRET + "-and-more");
        ReloadOutcome.Applied signed = applied(reloader.reload(CAUSE));
        assertEquals(List.of("auth.jwt_secret"), signed.changed());
        assertEquals(List.of("auth.jwt_secret"), signed.needRestart());
    }

    @Test
    void whatWaitsForARestartWaitsUntilItIsAsAtTheStart() throws IOException {
        write(BASE.replace("127.0.0.1,", "127.0.0.1, max_connections: 5,"));
        assertEquals(
                List.of("server.max_connections"), applied(reloader.reload(CAUSE)).needRestart());
        write(BASE.replace("127.0.0.1,", "127.0.0.1, max_connections: 5,").replace("60", "61"));
        assertEquals(List.of(), applied(reloader.reload(CAUSE)).needRestart());
        assertEquals(List.of("server.max_connections"), reloader.status().waiting());
        write(BASE);
        applied(reloader.reload(CAUSE));
        assertEquals(List.of(), reloader.status().waiting());
    }

    @Test
    void nobodyReloadsBetweenFilesThatBelongTogether() throws Exception {
        write(BASE.replace("60", "61"));
        Thread other = new Thread(() -> reloader.reload(CAUSE));
        List<String> seen =
                reloader.undisturbed(() -> {
                    other.start();
                    while (!List.of(Thread.State.WAITING, Thread.State.TERMINATED)
                            .contains(other.getState())) {
                        Thread.onSpinWait();
                    }
                    return List.copyOf(events);
                });
        other.join();
        assertEquals(List.of(), seen);
        assertEquals(4, events.size());
    }

    @Test
    void theStartIsTheFirstOfTheHistory() {
        assertEquals(ReloadCause.START, history.getFirst().cause());
        assertEquals(
                BASE,
                new String(history.getFirst().files().getFirst().bytes(), StandardCharsets.UTF_8));
    }

    @Test
    void aBugInAPartIsARefusalAndNotAnExceptionOfTheCaller() throws IOException {
        ConfigReloader broken =
                new ConfigReloader(
                        read(),
                        this::read,
                        List.of(
                                part("first"),
                                next -> {
                                    throw new IllegalStateException("a bug");
                                }),
                        List.of(),
                        List.of(),
                        new ConfigVersions(new byte[32]),
                        () -> Instant.EPOCH);
        write(BASE.replace("60", "61"));
        assertInstanceOf(ReloadOutcome.Rejected.class, broken.reload(CAUSE));
        assertEquals(List.of("first prepared 61", "first discarded"), events);
    }

    @Test
    void aPartThatCannotTakeOverIsSaidAndTriedAgain() throws IOException {
        AtomicBoolean broken = new AtomicBoolean(true);
        Reloadable fails =
                Reloadable.of(
                        "limits",
                        next ->
                                Prepared.of(() -> {
                                    if (broken.get()) {
                                        throw new IllegalStateException("a bug");
                                    }
                                    events.add("fails committed");
                                }),
                        "auth.rate_limit_per_minute");
        ConfigReloader one = reloader(List.of(fails, part("last")), history::add);
        write(BASE.replace("60", "61"));
        ReloadOutcome.Partial partial =
                assertInstanceOf(ReloadOutcome.Partial.class, one.reload(CAUSE));
        assertEquals("limits", partial.failures().getFirst().key());
        assertEquals(List.of("auth.rate_limit_per_minute"), partial.changed());
        assertEquals(List.of("last prepared 61", "last committed 61"), events);
        assertEquals("partial", one.status().last().orElseThrow().result());
        assertEquals(partial.version(), one.status().applied().version());
        assertEquals(List.of("limits", "auth.rate_limit_per_minute"), history.getLast().failed());
        broken.set(false);
        assertEquals(List.of(), applied(one.reload(CAUSE)).changed());
        assertEquals(List.of(), history.getLast().failed());
        assertTrue(events.contains("fails committed"), "the same configuration, once more");
        assertInstanceOf(ReloadOutcome.Unchanged.class, one.reload(CAUSE));
    }

    @Test
    void whoeverFailsToHearOfItUndoesNothing() throws IOException {
        ConfigReloader one =
                reloader(
                        List.of(part("first")),
                        config -> {
                            throw new IllegalStateException("a bug");
                        });
        write(BASE.replace("60", "61"));
        assertEquals(applied(one.reload(CAUSE)).version(), one.status().applied().version());
    }

    private ConfigReloader reloader(List<Reloadable> parts, ConfigListener listener) {
        return new ConfigReloader(
                read(),
                this::read,
                parts,
                List.of(),
                List.of(listener),
                new ConfigVersions(new byte[32]),
                () -> Instant.EPOCH);
    }

    private Reloadable part(String name) {
        return next -> prepare(name, next);
    }

    private Prepared prepare(String name, GemproxyConfig next) throws NotReady {
        if (refusing && name.equals("second")) {
            throw new NotReady(Finding.unfit("server.tls", "not today"));
        }
        long limit = next.rateLimit().client().requestsPerMinute().orElse(0);
        events.add(name + " prepared " + limit);
        return new Prepared() {
            @Override
            public void commit() {
                events.add(name + " committed " + limit);
            }

            @Override
            public void discard() {
                events.add(name + " discarded");
            }
        };
    }

    private static ReloadOutcome.Applied applied(ReloadOutcome outcome) {
        return assertInstanceOf(ReloadOutcome.Applied.class, outcome);
    }

    private void write(String yaml) throws IOException {
        writeSecret(directory.resolve("proxy.yaml"), yaml);
    }

    private static void writeSecret(Path file, String text) throws IOException {
        Files.writeString(Emissions.OF_THIS_RUN.given(file), text);
    }

    private ReadConfig read() {
        return new ConfigLoader(() -> Instant.EPOCH)
                .read(
                        new ConfigRequest(
                                new ConfigSource.InFile(Path.of("proxy.yaml")),
                                List.of(),
                                Map.of(),
                                directory));
    }
}
