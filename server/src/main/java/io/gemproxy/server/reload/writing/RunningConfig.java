package io.gemproxy.server.reload.writing;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.config.edit.ConfigTree;
import io.gemproxy.server.config.edit.RunningValues;
import io.gemproxy.server.config.history.ConfigHistory;
import io.gemproxy.server.reload.AppliedConfig;
import io.gemproxy.server.reload.ConfigListener;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is in effect, and its way into the history. */
public final class RunningConfig implements ConfigListener {
    private static final System.Logger LOG = System.getLogger(RunningConfig.class.getName());

    private static final int MOST_UNKEPT = 20;

    private final ConfigHistory history;
    private final Deque<AppliedConfig> unkept = new ArrayDeque<>();
    private volatile Optional<Standing> standing = Optional.empty();

    /**
     * What stands.
     *
     * @param values that are in effect, which hold secrets; empty if they could not be read
     */
    record Standing(AppliedConfig config, Optional<JsonNode> values) {
        /** Never shows the values. */
        @Override
        public String toString() {
            return "Standing[" + config.version() + "]";
        }
    }

    public RunningConfig(ConfigHistory history) {
        this.history = history;
    }

    @Override
    public void applied(AppliedConfig config) {
        standing = Optional.of(new Standing(config, valuesAfter(config)));
        if (config.files().isEmpty()) {
            return;
        }
        synchronized (unkept) {
            unkept.addLast(config);
            while (unkept.size() > MOST_UNKEPT) {
                unkept.removeFirst();
            }
            keep();
        }
    }

    private Optional<JsonNode> valuesAfter(AppliedConfig config) {
        if (config.files().isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonNode> files = ConfigTree.of(config.files());
        Optional<JsonNode> before = values();
        return files.map(next ->
                before.map(it -> RunningValues.after(it, next, config.failed())).orElse(next));
    }

    /** Tries those again that the disk would not take before. */
    private void keep() {
        try {
            while (!unkept.isEmpty()) {
                keep(unkept.getFirst());
                unkept.removeFirst();
            }
        } catch (IOException | RuntimeException failed) {
            LOG.log(
                    Level.ERROR,
                    "the history of configurations cannot be written; until it can, nobody can roll"
                            + " back to "
                            + unkept.stream()
                                    .map(it -> it.version().value())
                                    .collect(Collectors.joining(", ")),
                    failed);
        }
    }

    private void keep(AppliedConfig config) throws IOException {
        history.applied(
                config.version().value(),
                config.at(),
                config.cause().trigger().name().toLowerCase(Locale.ROOT),
                config.cause().actor(),
                config.cause().reason(),
                config.files());
    }

    /**
     * What came into effect and is not in the history, the oldest first, at most the last twenty; a
     * disk that takes them by now is given them.
     */
    public List<AppliedConfig> unkept() {
        synchronized (unkept) {
            if (!unkept.isEmpty()) {
                keep();
            }
            return List.copyOf(unkept);
        }
    }

    /** What is in effect; empty before the start is over. */
    public Optional<AppliedConfig> now() {
        return standing.map(Standing::config);
    }

    /** All values of its files that are in effect, which hold secrets. */
    Optional<JsonNode> values() {
        return standing.flatMap(Standing::values);
    }

    /**
     * What is in effect, with secrets.
     *
     * @throws IOException if the server runs without a file
     */
    Standing inFile() throws IOException {
        return standing.filter(it -> !it.config().files().isEmpty())
                .orElseThrow(() -> new IOException("the server runs without a configuration file"));
    }

    /**
     * Where {@code proxy.yaml} is.
     *
     * @throws IOException if the server runs without one
     */
    Path mainFile() throws IOException {
        return inFile().config().files().getFirst().path();
    }
}
