package io.gemproxy.server.reload;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.ReadConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchingTest {
    private static final String YAML =
            """
            server: {host: 127.0.0.1, tls: {enabled: false}}
            auth: {jwt_secret: %s}
            gemini: {api_keys: [{id: a, key: %s}]}
            """
                    .formatted(
                            Emissions.OF_THIS_RUN.secret(
                                    "a signing secret", "watch-Zq8vN3xT5bW1rK7mJ4cH-signing"),
                            Emissions.OF_THIS_RUN.secret(
                                    "a pooled key", "AIzaSyWatchKey7QpX2vLmN9sRtB4wYcD6fGhJk"));

    @TempDir private Path directory;

    @Test
    void aFaultAtTheFirstLooksDoesNotEndTheWatch() throws Exception {
        Path file = Emissions.OF_THIS_RUN.given(directory.resolve("proxy.yaml"));
        Files.writeString(file, YAML);
        CountDownLatch applied = new CountDownLatch(2);
        ConfigReloader reloader =
                new ConfigReloader(
                        read(),
                        this::read,
                        List.of(),
                        List.of(),
                        List.of(config -> applied.countDown()),
                        new ConfigVersions(new byte[32]),
                        InstantSource.system());
        AtomicInteger asked = new AtomicInteger();
        try (Watching _ =
                Watching.start(
                        reloader,
                        () -> {
                            if (asked.incrementAndGet() <= 2) {
                                throw new IllegalStateException("a bug");
                            }
                            return true;
                        },
                        _ -> false)) {
            Files.writeString(file, YAML + "# changed\n");
            assertTrue(applied.await(20, TimeUnit.SECONDS), "noticed nothing");
        }
    }

    private ReadConfig read() {
        return new ConfigLoader(InstantSource.system())
                .read(
                        new ConfigRequest(
                                new ConfigSource.InFile(Path.of("proxy.yaml")),
                                List.of(),
                                Map.of(),
                                directory));
    }
}
