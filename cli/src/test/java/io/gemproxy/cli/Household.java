package io.gemproxy.cli;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.Gemproxy;
import io.gemproxy.server.Version;
import io.gemproxy.simulator.Simulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the manual is about: a directory with a configuration, a server that runs from it, and a
 * simulator in Google's place. Its time stands still between the commands.
 */
final class Household implements AutoCloseable {
    private static final Instant BEGINNING = Instant.parse("2026-11-21T06:30:00Z");
    private static final List<String> KEYS = List.of("primary", "spare", "leaked", "team-b");

    final Path directory;
    final StandIns standIns = new StandIns();
    final SecureRandom random = new Seeded();
    private final AtomicReference<Instant> now = new AtomicReference<>(BEGINNING);
    private final Simulator simulator;
    private final Gemproxy server;

    Household(Path directory) throws Exception {
        this.directory = directory;
        Simulator.Builder google = Simulator.builder().clock(now::get);
        KEYS.forEach(id -> google.key(id, key(id), "p-" + id));
        simulator = google.start();
        Files.createDirectories(directory.resolve("config"));
        configure();
        server =
                new ServerHere(directory, upstream())
                        .start(
                                now::get,
                                () -> Duration.between(BEGINNING, now.get()).toNanos(),
                                random);
        standIns.show("" + simulator.port(), "8090");
        standIns.show("" + server.proxyPort(), "8443");
        standIns.show("" + server.adminPort(), "9090");
        standIns.show(directory.toString(), "/srv/gemproxy");
        standIns.show("127.0.0.1:0", "127.0.0.1:9090");
        standIns.show(Version.number(), "0.1.0");
    }

    Shell shell() {
        return shellIn(directory);
    }

    Shell shellIn(Path place) {
        Map<String, String> environment = new HashMap<>(upstream());
        environment.put("GEMPROXY_SERVER_PORT", "" + server.proxyPort());
        environment.put("GEMPROXY_ADMIN_PORT", "" + server.adminPort());
        return new Shell(place, environment, now::get, random, standIns);
    }

    Simulator google() {
        return simulator;
    }

    int proxyPort() {
        return server.proxyPort();
    }

    int adminPort() {
        return server.adminPort();
    }

    /** Lets time pass. */
    void pass(Duration time) {
        now.updateAndGet(moment -> moment.plus(time));
    }

    /** Stops the server, with all that it still had to write. */
    void stop() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
        simulator.close();
    }

    /** What differs in each run is not in the file, so that its version is always the same. */
    private Map<String, String> upstream() {
        return Map.of("GEMPROXY_GEMINI_BASE_URL", simulator.baseUrl());
    }

    private void configure() throws Exception {
        StringBuilder keys = new StringBuilder();
        KEYS.forEach(id ->
                keys.append("    - {id: %s, key: %s, project: p-%s}\n".formatted(id, key(id), id)));
        Path file = directory.resolve("config/proxy.yaml");
        Files.writeString(
                file,
                """
                server: {host: 127.0.0.1, port: 0, tls: {enabled: true}}
                gemini:
                  api_keys:
                %sauth:
                  jwt_secret: %s
                  admin_password: %s
                  rate_limit_per_minute: 60
                admin: {host: 127.0.0.1, port: 0}
                reload: {watch: false}
                audit: {path: audit.log}
                state: {dir: var}
                """
                        .formatted(keys, CliRun.SECRET, Traffic.PASSWORD));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String key(String id) {
        return Emissions.OF_THIS_RUN.secret(
                "the pooled key " + id,
                "AQ." + (id + "Key7QpX2vLmN9sRtB4wYcD6fGhJ8kZaE3uH5").substring(0, 36));
    }
}
