package io.gemproxy.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.admin.ConfigDesk;
import io.gemproxy.server.admin.ConfigOutcome;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.Severity;
import io.gemproxy.server.config.edit.ConfigChange;
import io.gemproxy.server.config.history.ConfigHistory;
import io.gemproxy.server.config.history.HistoryLine;
import io.gemproxy.server.reload.ConfigVersion;
import io.gemproxy.server.reload.writing.Author;
import io.gemproxy.server.reload.writing.ConfigView;
import io.gemproxy.server.reload.writing.ConfigViews;
import io.gemproxy.server.reload.writing.ConfigWriter;
import io.gemproxy.server.reload.writing.KeyEntries;
import io.gemproxy.server.reload.writing.NotPossible;
import io.gemproxy.server.reload.writing.RunningConfig;
import io.gemproxy.server.reload.writing.RunningView;
import io.gemproxy.server.reload.writing.Side;
import io.gemproxy.server.reload.writing.StoredView;
import io.gemproxy.server.reload.writing.WriteOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The configuration of this server as the admin port sees and changes it. */
final class FileConfigDesk implements ConfigDesk {
    private final ConfigWriter writer;
    private final ConfigViews views;
    private final RunningConfig running;
    private final ConfigHistory history;
    private final BooleanSupplier allowed;

    /**
     * @param allowed whether the configuration may be written
     */
    FileConfigDesk(
            ConfigWriter writer,
            ConfigViews views,
            RunningConfig running,
            ConfigHistory history,
            BooleanSupplier allowed) {
        this.writer = writer;
        this.views = views;
        this.running = running;
        this.history = history;
        this.allowed = allowed;
    }

    @Override
    public Current current() throws Unanswerable, IOException {
        try {
            StoredView now = views.onDisk();
            return new Current(now.version().value(), now.values());
        } catch (NotPossible unclear) {
            throw ConfigWords.unanswerable(unclear);
        }
    }

    @Override
    public Running running() throws IOException {
        RunningView now = views.running();
        return new Running(
                now.config().version().value(),
                now.config().at(),
                now.config().failed(),
                ConfigWords.disk(views.state()),
                now.values());
    }

    @Override
    public Optional<String> version() {
        try {
            return Optional.of(views.version().value());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public Judgement judge(Optional<byte[]> text, String against) throws Unanswerable, IOException {
        try {
            Side side = Side.of(against);
            ConfigView view = text.isPresent() ? views.judge(text.get(), side) : views.read(side);
            List<Finding> findings = view.findings();
            return new Judgement(
                    findings.stream().noneMatch(it -> it.severity() == Severity.ERROR),
                    ConfigText.score(findings),
                    findings.stream().map(ConfigWords::finding).toList(),
                    view.changes().stream().map(ConfigWords::change).toList(),
                    view.changes().stream()
                            .filter(ConfigChange::waits)
                            .map(ConfigChange::path)
                            .toList());
        } catch (NotPossible unclear) {
            throw ConfigWords.unanswerable(unclear);
        }
    }

    @Override
    public Difference difference(String version, String against) throws Unanswerable, IOException {
        try {
            List<ConfigChange> changes = views.changes(Side.of(against), new Side.Kept(version));
            return new Difference(
                    version, against, changes.stream().map(ConfigWords::change).toList());
        } catch (NotPossible unclear) {
            throw ConfigWords.unanswerable(unclear);
        }
    }

    @Override
    public ConfigOutcome put(byte[] text, Wish wish) {
        return allowed(() -> writer.put(text, author(wish), condition(wish)));
    }

    @Override
    public ConfigOutcome rollback(String version, Wish wish) {
        return allowed(() -> writer.rollback(version, author(wish), condition(wish)));
    }

    @Override
    public ConfigOutcome addKey(ObjectNode key, Wish wish) {
        return changeKeys(KeyEntries.adding(key), wish);
    }

    @Override
    public ConfigOutcome changeKey(String id, ObjectNode members, Wish wish) {
        return changeKeys(KeyEntries.changing(id, members), wish);
    }

    @Override
    public ConfigOutcome removeKey(String id, Wish wish) {
        return changeKeys(KeyEntries.removing(id), wish);
    }

    private ConfigOutcome changeKeys(ConfigWriter.KeysChange change, Wish wish) {
        return allowed(() -> writer.changeKeys(change, author(wish), condition(wish)));
    }

    @Override
    public List<Version> history() throws IOException {
        List<Version> versions = new ArrayList<>();
        boolean found = false;
        for (HistoryLine line : history.lines()) {
            boolean runs = !found && runs(line);
            found |= runs;
            versions.add(version(line, runs));
        }
        return versions;
    }

    @Override
    public List<Lost> lost() {
        return running.unkept().stream()
                .map(it ->
                        new Lost(
                                it.version().value(),
                                it.at(),
                                it.cause().trigger().name().toLowerCase(Locale.ROOT),
                                it.cause().actor()))
                .toList();
    }

    @Override
    public Optional<VersionDetail> history(String version) throws IOException {
        return history.find(version)
                .map(line ->
                        new VersionDetail(
                                version(line, runs(line)),
                                line.changes().stream().map(ConfigWords::change).toList(),
                                views.values(line)));
    }

    private boolean runs(HistoryLine line) {
        String version = line.entry().version();
        return running.now().filter(it -> it.version().value().equals(version)).isPresent();
    }

    private static Version version(HistoryLine line, boolean runs) {
        return new Version(
                line.number(),
                line.entry().version(),
                line.entry().at(),
                line.entry().trigger(),
                line.entry().actor(),
                line.entry().reason(),
                runs,
                line.changes().stream().map(ConfigChange::path).toList());
    }

    private static Author author(Wish wish) {
        return new Author(wish.actor(), wish.reason());
    }

    private static Predicate<ConfigVersion> condition(Wish wish) {
        return version -> wish.admits().test(version.value());
    }

    private ConfigOutcome allowed(Write write) {
        return ConfigWords.outcome(
                allowed.getAsBoolean() ? write.make() : ConfigWriter.forbidden());
    }

    /** Writes what is wanted. */
    @FunctionalInterface
    private interface Write {
        WriteOutcome make();
    }
}
