package io.gemproxy.server;

import io.gemproxy.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server and its upstream are to be like. */
final class FixtureBuilder {
    private final Map<String, String> keys = new LinkedHashMap<>();
    final List<String> sets = new ArrayList<>();
    private @Nullable String upstream;
    boolean tls;
    private String auth = "";
    private Duration prefixCache = Duration.ZERO;
    InstantSource clock = InstantSource.system();

    /** A key of that project; any call leaves the usual three out. */
    FixtureBuilder key(String id, String project) {
        keys.put(id, project);
        return this;
    }

    /** As {@code --set}. */
    FixtureBuilder set(String assignment) {
        sets.add(assignment);
        return this;
    }

    /** Another upstream than the simulator. */
    FixtureBuilder upstream(int port) {
        upstream = "http://127.0.0.1:" + port;
        return this;
    }

    /** The simulator caches prompts by project. */
    FixtureBuilder prefixCache(Duration lifetime) {
        prefixCache = lifetime;
        return this;
    }

    /** Another wall clock than the machine's; tokens of the fixture are issued by it as well. */
    FixtureBuilder clock(InstantSource other) {
        clock = other;
        return this;
    }

    /** One more entry of the auth section; further lines as they stand. */
    FixtureBuilder auth(String entry) {
        auth = "  " + entry.strip() + "\n";
        return this;
    }

    FixtureBuilder tls() {
        tls = true;
        return this;
    }

    ServerFixture start() throws Exception {
        if (keys.isEmpty()) {
            key("alpha", "p-one").key("beta", "p-two").key("gamma", "p-three");
        }
        return new ServerFixture(this);
    }

    Simulator simulator() {
        Simulator.Builder builder = Simulator.builder().prefixCache(prefixCache);
        keys.forEach((id, project) -> builder.key(id, ServerFixture.keyOf(id), project));
        return builder.start();
    }

    String yaml(String simulatorUrl, Path directory) {
        StringBuilder pool = new StringBuilder();
        keys.forEach((id, project) ->
                pool.append("    - {id: ")
                        .append(id)
                        .append(", key: ")
                        .append(ServerFixture.keyOf(id))
                        .append(", project: '")
                        .append(project)
                        .append("'}\n"));
        return """
        server:
          host: 127.0.0.1
          port: 0
          tls: {enabled: %s, cert_path: %s, key_path: %s}
        gemini:
          base_url: %s
          api_keys:
        %sauth:
          jwt_secret: %s
        %sadmin: {host: 127.0.0.1, port: 0}
        audit: {path: %s}
        state: {dir: %s}
        reload: {watch: false}
        """
                .formatted(
                        tls,
                        directory.resolve("cert.pem"),
                        directory.resolve("key.pem"),
                        upstream == null ? simulatorUrl : upstream,
                        pool,
                        ServerFixture.SECRET,
                        auth,
                        directory.resolve("audit.log"),
                        directory.resolve("var"));
    }
}
