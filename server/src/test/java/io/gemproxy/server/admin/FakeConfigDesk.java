package io.gemproxy.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration of one setting, at an operator's desk. */
final class FakeConfigDesk implements ConfigDesk {
    static final String FIRST = "00000000000000a1";
    static final String NEXT = "00000000000000a2";

    private static final JsonNode VALUES =
            JsonNodeFactory.instance
                    .objectNode()
                    .set("server", JsonNodeFactory.instance.objectNode().put("port", 8443));

    final List<String> done = new ArrayList<>();
    Optional<ConfigOutcome> refusal = Optional.empty();
    boolean broken;
    private final Instant now;

    FakeConfigDesk(Instant now) {
        this.now = now;
    }

    @Override
    public Current current() throws IOException {
        if (broken) {
            throw new IOException("a path nobody may read");
        }
        return new Current(FIRST, VALUES);
    }

    @Override
    public Optional<String> version() {
        return broken ? Optional.empty() : Optional.of(FIRST);
    }

    @Override
    public Running running() throws IOException {
        return new Running(
                FIRST,
                now,
                List.of("limits"),
                new DiskStatus("differs", Optional.of(now)),
                current().values());
    }

    @Override
    public Difference difference(String version, String against) throws Unanswerable, IOException {
        if (history(version).isEmpty() || against.equals("none")) {
            throw new Unanswerable(ConfigOutcome.Why.MISSING, "The history has no such version.");
        }
        return new Difference(version, against, List.of(change()));
    }

    @Override
    public Judgement judge(Optional<byte[]> text, String against) throws Unanswerable {
        if (text.isPresent() && text.get().length == 0) {
            throw new Unanswerable(ConfigOutcome.Why.MALFORMED, "There is no text.");
        }
        if (against.equals("none")) {
            throw new Unanswerable(ConfigOutcome.Why.MISSING, "The history has no such version.");
        }
        return new Judgement(
                false,
                70,
                List.of(
                        Map.of(
                                "code", "GPX1001",
                                "severity", "error",
                                "cwe", 20,
                                "source", "body",
                                "line", 2,
                                "column", 3,
                                "key", "server.prot",
                                "message", "is not a known key",
                                "fix", "did you mean port?")),
                List.of(change()),
                List.of("server.port"));
    }

    private static Change change() {
        return new Change(
                "server.port",
                Optional.of(JsonNodeFactory.instance.numberNode(8443)),
                Optional.empty(),
                "restart");
    }

    @Override
    public ConfigOutcome put(byte[] text, Wish wish) {
        return make("put " + new String(text, StandardCharsets.UTF_8), wish);
    }

    @Override
    public ConfigOutcome rollback(String version, Wish wish) {
        return switch (make("rollback " + version, wish)) {
            case ConfigOutcome.Done done ->
                    new ConfigOutcome.RolledBack(
                            done.version(),
                            done.changed(),
                            done.needRestart(),
                            done.backups(),
                            List.of("proxy.yaml"),
                            List.of("prices.yaml"));
            case ConfigOutcome other -> other;
        };
    }

    @Override
    public ConfigOutcome addKey(ObjectNode key, Wish wish) {
        return make("add " + key.path("id").asText(), wish);
    }

    @Override
    public ConfigOutcome changeKey(String id, ObjectNode members, Wish wish) {
        return make("change " + id + " " + members, wish);
    }

    @Override
    public ConfigOutcome removeKey(String id, Wish wish) {
        return make("remove " + id, wish);
    }

    private ConfigOutcome make(String what, Wish wish) {
        if (!wish.admits().test(FIRST)) {
            return new ConfigOutcome.Stale(FIRST);
        }
        done.add((what + " " + wish.actor() + " " + wish.reason()).strip());
        return refusal.orElseGet(() ->
                new ConfigOutcome.Done(
                        NEXT, List.of("server.port"), List.of(), List.of("proxy.yaml.bak-1")));
    }

    @Override
    public List<Version> history() {
        return List.of(
                new Version(1, FIRST, now, "start", "gemproxy", "", true, List.of("server.port")));
    }

    @Override
    public List<Lost> lost() {
        return List.of(new Lost(NEXT, now, "file", "gemproxy"));
    }

    @Override
    public Optional<VersionDetail> history(String version) {
        return history().stream()
                .filter(it -> it.version().equals(version))
                .findFirst()
                .map(it -> new VersionDetail(it, List.of(change()), VALUES));
    }
}
