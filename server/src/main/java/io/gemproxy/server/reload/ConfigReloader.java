package io.gemproxy.server.reload;

import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.ConfigResult.InvalidConfig;
import io.gemproxy.server.config.ConfigResult.LoadedConfig;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.ReadConfig;
import io.gemproxy.server.config.SettingValues;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the configuration again, prepares every part for it, and has all of them take it over or
 * none. Safe for use by many threads; requests wait for nothing here.
 */
public final class ConfigReloader implements Reloading {
    private static final System.Logger LOG = System.getLogger(ConfigReloader.class.getName());

    private final Supplier<ReadConfig> reader;
    private final List<Reloadable> parts;
    private final List<ReloadListener> listeners;
    private final List<ConfigListener> history;
    private final ConfigVersions versions;
    private final InstantSource clock;
    private final SettingValues started;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Standing standing;

    /**
     * What stands.
     *
     * @param values in effect, but for those that wait for the next start
     * @param good the files of the configuration in effect
     * @param watched these, and those of one that was refused since
     * @param partial whether some part could not take it over
     */
    private record Standing(
            AppliedConfig applied,
            SettingValues values,
            List<Path> good,
            List<Path> watched,
            boolean partial,
            Optional<FinishedReload> last) {
        Standing watching(List<Path> more) {
            Set<Path> all = new LinkedHashSet<>(good);
            all.addAll(more);
            return new Standing(applied, values, good, List.copyOf(all), partial, last);
        }

        Standing after(FinishedReload reload) {
            return new Standing(applied, values, good, watched, partial, Optional.of(reload));
        }
    }

    /**
     * @param first what the server started with
     * @param reader reads the same files again, with the same environment and overrides
     * @param parts in the order in which they take over
     * @param listeners are told of each reload
     * @param history is told of each configuration that comes into effect, the first among them
     * @param versions names them
     */
    public ConfigReloader(
            ReadConfig first,
            Supplier<ReadConfig> reader,
            List<Reloadable> parts,
            List<ReloadListener> listeners,
            List<ConfigListener> history,
            ConfigVersions versions,
            InstantSource clock) {
        this.reader = reader;
        this.parts = List.copyOf(parts);
        this.listeners = List.copyOf(listeners);
        this.history = List.copyOf(history);
        this.versions = versions;
        this.clock = clock;
        this.started = first.values();
        this.standing =
                new Standing(
                        applied(first, ReloadCause.START, List.of()),
                        first.values(),
                        first.watched(),
                        first.watched(),
                        false,
                        Optional.empty());
        tell(this.history, it -> it.applied(standing.applied()));
    }

    @Override
    public ReloadOutcome reload(ReloadCause cause) {
        return finish(cause).outcome();
    }

    @Override
    public <T> T undisturbed(Supplier<T> work) {
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    /** As {@link #reload}, with what is told of it. */
    public FinishedReload finish(ReloadCause cause) {
        turn.lock();
        try {
            listeners.forEach(ReloadListener::reloading);
            Instant begun = clock.instant();
            ReloadOutcome outcome = attempt(cause, reader.get());
            FinishedReload finished =
                    new FinishedReload(
                            cause, begun, Duration.between(begun, clock.instant()), outcome);
            standing = standing.after(finished);
            tell(listeners, it -> it.reloaded(finished));
            return finished;
        } finally {
            turn.unlock();
        }
    }

    private ReloadOutcome attempt(ReloadCause cause, ReadConfig read) {
        return switch (read.result()) {
            case InvalidConfig invalid -> {
                alsoWatch(read.watched());
                yield new ReloadOutcome.Rejected(invalid.findings());
            }
            case LoadedConfig loaded -> attempt(cause, read, loaded);
        };
    }

    private ReloadOutcome attempt(ReloadCause cause, ReadConfig read, LoadedConfig loaded) {
        Preparation preparation = Preparation.of(parts, loaded.config());
        if (!preparation.refusals().isEmpty()) {
            preparation.discard();
            alsoWatch(read.watched());
            return new ReloadOutcome.Rejected(preparation.refusals());
        }
        Standing before = standing;
        ConfigVersion version = versions.of(read.files());
        Set<String> changed = new TreeSet<>(read.values().changedFrom(before.values()));
        changed.addAll(preparation.changed());
        if (!before.partial() && changed.isEmpty() && version.equals(before.applied().version())) {
            preparation.discard();
            return new ReloadOutcome.Unchanged(version);
        }
        List<Finding> failures = preparation.commit();
        AppliedConfig applied = applied(read, cause, preparation.failed());
        standing =
                new Standing(
                        applied,
                        read.values(),
                        read.watched(),
                        read.watched(),
                        !failures.isEmpty(),
                        before.last());
        tell(history, it -> it.applied(applied));
        List<String> waiting = read.values().waitingFrom(before.values());
        return failures.isEmpty()
                ? new ReloadOutcome.Applied(version, List.copyOf(changed), waiting)
                : new ReloadOutcome.Partial(version, List.copyOf(changed), waiting, failures);
    }

    /** What is in effect is so whoever fails to hear of it. */
    private static <T> void tell(List<T> all, Consumer<T> word) {
        for (T one : all) {
            try {
                word.accept(one);
            } catch (RuntimeException bug) {
                LOG.log(Level.ERROR, "somebody could not be told of a reload", bug);
            }
        }
    }

    /** A file that a refused configuration names is watched too, since it may be what is mended. */
    private void alsoWatch(List<Path> more) {
        standing = standing.watching(more);
    }

    private AppliedConfig applied(ReadConfig read, ReloadCause cause, List<String> failed) {
        List<Path> files = read.files().stream().map(ConfigFile::path).toList();
        return new AppliedConfig(
                versions.of(read.files()),
                clock.instant(),
                cause,
                read.files(),
                read.watched().stream().filter(it -> !files.contains(it)).toList(),
                failed);
    }

    /** Whether the files are others on disk than those in effect. */
    boolean isBehind() {
        AppliedConfig applied = standing.applied();
        List<ConfigFile> now = new ArrayList<>();
        try {
            for (ConfigFile file : applied.files()) {
                now.add(new ConfigFile(file.path(), Files.readAllBytes(file.path())));
            }
        } catch (IOException gone) {
            return true;
        }
        return !versions.of(now).equals(applied.version());
    }

    /** The settings and sections that are taken over, each by one part. */
    public List<String> settings() {
        return parts.stream().flatMap(it -> it.settings().stream()).toList();
    }

    /** Every file whose change matters. */
    public List<Path> watched() {
        return standing.watched();
    }

    /** Which configuration is in effect, and what came of the last attempt to change it. */
    public ReloadStatus status() {
        Standing now = standing;
        return new ReloadStatus(now.applied(), now.last(), now.values().waitingFrom(started));
    }
}
