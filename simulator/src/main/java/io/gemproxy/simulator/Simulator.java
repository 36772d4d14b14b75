package io.gemproxy.simulator;

import io.gemproxy.simulator.api.Gemini;
import io.gemproxy.simulator.api.PrefixCache;
import io.gemproxy.simulator.faults.Gate;
import io.gemproxy.simulator.http.Listener;
import io.gemproxy.simulator.quota.ApiKey;
import io.gemproxy.simulator.quota.Keyring;
import io.gemproxy.simulator.quota.Quota;
import io.gemproxy.simulator.quota.Quotas;
import io.gemproxy.simulator.record.Recorder;
import io.gemproxy.simulator.record.Seen;
import io.gemproxy.simulator.script.Rule;
import io.gemproxy.simulator.script.Script;
import io.gemproxy.simulator.script.ScriptParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A running stand-in for the Gemini API. */
public final class Simulator implements AutoCloseable {
    /** The key that is accepted when none was given. */
    public static final String DEMO_KEY = "AIzaSimulatorDemoKey000000000000000000";

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final Map<String, byte[]> raws = new ConcurrentHashMap<>();
    private final Script script = new Script();
    private final Recorder recorder;
    private final Keyring keyring;
    private final Quotas quotas;
    private final ScriptParser parser;
    private final Listener listener;

    private Simulator(Builder from) throws IOException {
        this.recorder = new Recorder(from.mostRequests, from.bodyCap);
        this.keyring = from.keyring;
        this.quotas = new Quotas(from.clock);
        from.limits.forEach(limit -> quotas.limit(limit.project(), limit.model(), limit.quota()));
        this.parser = new ScriptParser(this::stream, raws, from.directory);
        Control control = new Control(recorder, script, parser, this::stream);
        Gemini gemini = new Gemini(from.clock, new PrefixCache(from.prefixLifetime, from.clock));
        Front front = new Front(recorder, keyring, quotas, script, gemini, control, from.clock);
        from.lines.forEach(lines -> script.add(parser.parse(lines)));
        this.listener = Listener.start(from.host, from.port, front);
    }

    /** A simulator that is not yet started. */
    public static Builder builder() {
        return new Builder();
    }

    /** The port bound. */
    public int port() {
        return listener.port();
    }

    /** The URL of the server, without a slash at the end. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** How many connections are open now. */
    public int connections() {
        return listener.connections();
    }

    /** Adds lines; throws ScriptException when one cannot be read, and then adds none. */
    public List<Rule> script(String lines) {
        List<Rule> rules = parser.parse(lines);
        script.add(rules);
        return rules;
    }

    /**
     * Gives bytes a name, so that a line "raw NAME" added later sends exactly them as the whole
     * answer. The connection stays open after them when they say themselves where they end.
     */
    public void raw(String name, byte[] bytes) {
        raws.put(name, bytes.clone());
    }

    /** Takes some lines back. */
    public void forget(List<Rule> rules) {
        script.remove(rules);
    }

    /** Takes all lines back. */
    public void clearScript() {
        script.clear();
    }

    /** The gate of that name, made when first asked for. */
    public Gate stream(String name) {
        return gates.computeIfAbsent(name, Gate::new);
    }

    /** Adds a key to the running simulator. */
    public void key(String id, String value, String project) {
        keyring.add(new ApiKey(id, value, project));
    }

    /** Limits a project's use of a model ("*": of each model). */
    public void quota(String project, String model, Quota quota) {
        quotas.limit(project, model, quota);
    }

    /** The requests seen, the oldest first. */
    public List<Seen> record() {
        return recorder.all();
    }

    /** How many requests came in all. */
    public long requests() {
        return recorder.count();
    }

    /** Forgets the requests seen. */
    public void clearRecord() {
        recorder.clear();
    }

    /** Waits for a request that matches; null when the deadline passed first. */
    public @Nullable Seen await(Predicate<Seen> matching, Duration deadline)
            throws InterruptedException {
        return recorder.await(matching, deadline);
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What a simulator is to be like. */
    public static final class Builder {
        private final Keyring keyring = new Keyring();
        private final List<Limit> limits = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private InetAddress host = InetAddress.getLoopbackAddress();
        private Path directory = Path.of("");
        private InstantSource clock = InstantSource.system();
        private Duration prefixLifetime = Duration.ZERO;
        private int port;
        private int mostRequests = 10_000;
        private int bodyCap = 1 << 20;

        /** A quota of a project for a model. */
        private record Limit(String project, String model, Quota quota) {}

        private Builder() {}

        /** A key that is accepted, and whose project owns what it creates. */
        public Builder key(String id, String value, String project) {
            keyring.add(new ApiKey(id, value, project));
            return this;
        }

        /** Limits a project's use of a model ("*": of each model). */
        public Builder quota(String project, String model, Quota quota) {
            limits.add(new Limit(project, model, quota));
            return this;
        }

        /** Script lines in force from the start. */
        public Builder script(String more) {
            lines.add(more);
            return this;
        }

        /** Where files named by script lines are found. */
        public Builder directory(Path where) {
            directory = where;
            return this;
        }

        /** The address to bind; loopback unless said. */
        public Builder host(InetAddress address) {
            host = address;
            return this;
        }

        /** The port to bind; 0, the default, lets the kernel choose. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** The time quotas and resources go by. */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /** Switches implicit caching on; each project keeps a prefix so long after its last use. */
        public Builder prefixCache(Duration lifetime) {
            prefixLifetime = lifetime;
            return this;
        }

        /** Keeps the last so many requests (0: none) and so many bytes of each body. */
        public Builder record(int requests, int bytesOfBody) {
            mostRequests = requests;
            bodyCap = bytesOfBody;
            return this;
        }

        /** Binds and starts; throws UncheckedIOException when the port is taken. */
        public Simulator start() {
            if (keyring.keys().isEmpty()) {
                key("demo", DEMO_KEY, "demo-project");
            }
            try {
                return new Simulator(this);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
