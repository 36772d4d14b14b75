package io.gemproxy.dist;

import io.gemproxy.dist.nspawn.Machine;
import io.gemproxy.dist.nspawn.RestartLoad;
import io.gemproxy.emissions.ChildJvm;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A machine on which gemproxy is laid out as the package does it. */
final class ServiceMachine implements AutoCloseable {
    static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}";

    private static final String KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the pooled key", "AIzaSyOfTheMachineWithItsOwnSystemd0001");

    /** The key comes as a credential. */
    static final String CONFIG =
            """
            server: {host: 127.0.0.1, port: 443, tls: {enabled: true}}
            gemini:
              base_url: http://127.0.0.1:9999
              api_keys: [{id: alpha, key_file: "${CREDENTIALS_DIRECTORY}/gemproxy_gemini"}]
            auth: {enabled: false}
            admin: {port: 9090, socket: /run/gemproxy/admin.sock}
            audit: {path: /var/log/gemproxy/audit.log}
            state: {dir: /var/lib/gemproxy/state}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    private final Machine machine;
    private @Nullable Process load;

    private ServiceMachine(Machine machine) {
        this.machine = machine;
    }

    static Optional<String> missing() {
        return Machine.missing();
    }

    static ServiceMachine boot() throws Exception {
        boolean ownRuntime = Files.isDirectory(Installation.home().resolve("runtime"));
        Machine machine =
                ownRuntime ? Machine.boot() : Machine.boot(JAVA + ":/usr/lib/gemproxy/runtime");
        ServiceMachine service = new ServiceMachine(machine);
        service.install();
        return service;
    }

    private void install() throws Exception {
        Path home = Installation.home();
        for (String part : List.of("bin", "lib")) {
            machine.copyIn(home.resolve(part), "/usr/lib/gemproxy/" + part);
        }
        if (Files.isDirectory(home.resolve("runtime"))) {
            machine.copyIn(home.resolve("runtime"), "/usr/lib/gemproxy/runtime");
        }
        for (String unit : List.of("gemproxy.service", "gemproxy.socket")) {
            machine.copyIn(home.resolve("systemd").resolve(unit), "/etc/systemd/system/" + unit);
        }
        must(
                "useradd --system --home-dir /var/lib/gemproxy --shell /usr/sbin/nologin gemproxy"
                        + " && install -d -o root -g gemproxy -m 0750 /etc/gemproxy"
                        + " && install -d -m 0700 /etc/gemproxy/credentials"
                        + " && systemctl daemon-reload");
        Path credential = machine.file("/etc/gemproxy/credentials/gemini");
        Files.writeString(credential, KEY + "\n");
        Emissions.OF_THIS_RUN.given(credential);
    }

    /** Nothing runs, the configuration is {@link #CONFIG}, and no drop-in is left. */
    void reset() throws Exception {
        must(
                "systemctl disable -q gemproxy; systemctl stop gemproxy.socket gemproxy;"
                        + " systemctl reset-failed 'gemproxy*';"
                        + " rm -rf /etc/systemd/system/gemproxy.*.d; systemctl daemon-reload;"
                        + " journalctl -q --rotate; journalctl -q --vacuum-time=1s");
        configure(CONFIG);
    }

    void configure(String yaml) throws Exception {
        Path file = machine.file("/etc/gemproxy/proxy.yaml");
        Files.writeString(file, yaml);
        must(
                "chown root:gemproxy /etc/gemproxy/proxy.yaml"
                        + " && chmod 0640 /etc/gemproxy/proxy.yaml");
    }

    void dropIn(String kind, String text) throws Exception {
        Path file = machine.file("/etc/systemd/system/gemproxy." + kind + ".d/test.conf");
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        must("systemctl daemon-reload");
    }

    void start() throws Exception {
        must("systemctl start gemproxy");
    }

    Outcome shell(String script) throws IOException, InterruptedException {
        return machine.shell(script);
    }

    private void must(String script) throws IOException, InterruptedException {
        Outcome outcome = machine.shell(script);
        if (outcome.status() != 0) {
            throw new IOException(script + ": " + outcome.out() + outcome.err() + journal("-n 50"));
        }
    }

    String property(String name) throws IOException, InterruptedException {
        return machine.run("systemctl", "show", "-p", name, "--value", "gemproxy").out().strip();
    }

    /** What the unit said; systemd's own words about it are left in. */
    String journal(String options) throws IOException, InterruptedException {
        machine.run("journalctl", "--sync");
        return shell("journalctl -q -u gemproxy -o cat --no-pager " + options).out();
    }

    /** The status of the answer to a request, 000 if there was none. */
    String ask(String url) throws IOException, InterruptedException {
        String body = url.endsWith("/health") ? "" : " -d '" + BODY + "'";
        return shell("curl -sk -m 20 -o /dev/null -w '%{http_code}'" + body + " " + url).out();
    }

    /** The answer of the admin socket. */
    String admin(String method, String path) throws IOException, InterruptedException {
        return machine.run(
                        "curl",
                        "-s",
                        "-X",
                        method,
                        "--unix-socket",
                        "/run/gemproxy/admin.sock",
                        "http://localhost" + path)
                .out();
    }

    CompletableFuture<Outcome> later(String... program) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return machine.run(program);
                    } catch (IOException | InterruptedException failed) {
                        throw new CompletionException(failed);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    /** A simulator in the machine's network. */
    AutoCloseable google(String script) throws Exception {
        Path rules = Files.createTempFile("gemproxy-rules", ".txt");
        Files.writeString(rules, script + "\n");
        Process simulator =
                program(
                        Map.of("JAVA_HOME", JAVA.toString()),
                        Installation.program("gemini-simulator").toString(),
                        "--port",
                        "9999",
                        "--key",
                        "alpha=" + KEY,
                        "--script",
                        rules.toString());
        await(() -> !ask("http://127.0.0.1:9999/health").equals("000"));
        return () -> {
            simulator.destroyForcibly().waitFor();
            Files.delete(rules);
        };
    }

    /** Clients of the port that go on until {@link #endLoad}. */
    CompletableFuture<Outcome> load(int port) throws IOException {
        Process clients =
                program(
                        Map.of(),
                        ChildJvm.command(RestartLoad.class, Integer.toString(port))
                                .toArray(String[]::new));
        load = clients;
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        String out =
                                new String(
                                        clients.getInputStream().readAllBytes(),
                                        StandardCharsets.UTF_8);
                        Emissions.OF_THIS_RUN.emitted("what clients say", out);
                        return new Outcome(clients.waitFor(), out, "");
                    } catch (IOException | InterruptedException failed) {
                        throw new CompletionException(failed);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    void endLoad() throws IOException {
        if (load != null) {
            load.getOutputStream().close();
        }
    }

    private Process program(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(machine.inNetwork(command)).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come to that: " + journal("-n 50"));
            }
        }
    }

    void reboot() throws IOException, InterruptedException {
        machine.reboot();
    }

    @Override
    public void close() throws IOException {
        if (load != null) {
            load.destroyForcibly();
        }
        machine.close();
    }
}
