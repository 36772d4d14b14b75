package io.gemproxy.server.reload.writing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.history.ConfigHistory;
import io.gemproxy.server.reload.AppliedConfig;
import io.gemproxy.server.reload.ConfigVersions;
import io.gemproxy.server.reload.ReloadCause;
import io.gemproxy.server.reload.ReloadOutcome;
import io.gemproxy.server.reload.Reloading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A configuration in a directory, a writer for it, and a reload that only loads. */
final class WritingFixture {
    static final String KEY =
            Emissions.OF_THIS_RUN.secret("a pooled key", "AIzaSyWritten-Gd7Hs2Kx5Mb8Nv1Qz4Tw6Yr");
    static final String SECRET =
            Emissions.OF_THIS_RUN.secret("the signing secret", "uY3eR8qA5zW1xS6dC9vF2gB7hN4jM0kL");
    static final String OTHER_SECRET =
            Emissions.OF_THIS_RUN.secret("another secret", "pL9oK2iJ7uH4yG1tF8rD5eS3wA6qZ0xC");
    static final String MAIN =
            """
            # of the house
            server:
              host: 127.0.0.1
              tls: {enabled: false}
              port: 0 # any
            gemini:
              api_keys:
                - id: one
                  key: %s
            auth:
              jwt_secret: "%s"
            """
                    .formatted(KEY, SECRET);

    private static final ConfigVersions VERSIONS = new ConfigVersions(new byte[32]);

    final Path file;
    final List<ReloadCause> causes = new ArrayList<>();
    final ConfigHistory history;
    final ConfigWriter writer;
    final ConfigViews views;
    boolean refuse;
    boolean partial;

    /** Happens while the configuration is read again. */
    Runnable meanwhile = () -> {};

    private boolean alone;

    private final RunningConfig running;
    private final ConfigRequest request;
    private final InstantSource clock;

    WritingFixture(Path directory) {
        file = Emissions.OF_THIS_RUN.given(directory.resolve("proxy.yaml"));
        AtomicLong seconds = new AtomicLong();
        clock = () -> Instant.parse("2026-11-21T10:00:00Z").plusSeconds(seconds.incrementAndGet());
        history = ConfigHistory.in(directory.resolve("var"));
        running = new RunningConfig(history);
        request = new ConfigRequest(new ConfigSource.InFile(file), List.of(), Map.of(), directory);
        writer = ConfigWriter.of(request, running, history, new Reloads(), VERSIONS, clock);
        views = ConfigViews.of(request, running, history, VERSIONS, clock);
    }

    /** Writes the file and lets the server start with it. */
    void start(String text) throws IOException {
        Files.createDirectories(file.resolveSibling("var"));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        apply(new ReloadCause(ReloadCause.Trigger.START, "gemproxy", ""), List.of());
    }

    /** A reload that wants nobody to reload between the change of the files and it. */
    private final class Reloads implements Reloading {
        @Override
        public ReloadOutcome reload(ReloadCause cause) {
            assertTrue(alone);
            meanwhile.run();
            return WritingFixture.this.reload(cause);
        }

        @Override
        public <T> T undisturbed(Supplier<T> work) {
            alone = true;
            try {
                return work.get();
            } finally {
                alone = false;
            }
        }
    }

    /** As an operator asks for it. */
    ReloadOutcome reload() {
        return reload(new ReloadCause(ReloadCause.Trigger.API, "root", ""));
    }

    private ReloadOutcome reload(ReloadCause cause) {
        causes.add(cause);
        ConfigResult result = new ConfigLoader(clock).load(request);
        if (refuse || result instanceof ConfigResult.InvalidConfig) {
            return new ReloadOutcome.Rejected(result.findings());
        }
        if (partial) {
            return new ReloadOutcome.Partial(
                    apply(cause, List.of("limits", "auth.rate_limit_per_minute")).version(),
                    List.of(),
                    List.of(),
                    List.of(Finding.unfit("limits", "could not take over")));
        }
        return new ReloadOutcome.Applied(apply(cause, List.of()).version(), List.of(), List.of());
    }

    private AppliedConfig apply(ReloadCause cause, List<String> failed) {
        try {
            List<ConfigFile> files = new ArrayList<>();
            files.add(new ConfigFile(file, Files.readAllBytes(file)));
            Path keys = file.resolveSibling("keys.yaml");
            if (Files.exists(keys)) {
                files.add(new ConfigFile(keys, Files.readAllBytes(keys)));
            }
            AppliedConfig applied =
                    new AppliedConfig(
                            VERSIONS.of(files),
                            clock.instant(),
                            cause,
                            files,
                            List.of(
                                    file.resolveSibling("prices.yaml"),
                                    file.resolveSibling("not-there.pem")),
                            failed);
            running.applied(applied);
            return applied;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    String main() throws IOException {
        return Files.readString(file);
    }

    /** How many plain files lie in the directory. */
    int files() throws IOException {
        try (Stream<Path> all = Files.list(file.getParent())) {
            return Math.toIntExact(all.filter(Files::isRegularFile).count());
        }
    }

    RunningConfig running() {
        return running;
    }

    static String said(WriteOutcome outcome) {
        return outcome instanceof WriteOutcome.Invalid invalid
                ? String.join("\n", ConfigText.lines(invalid.findings()))
                : outcome.toString();
    }
}
