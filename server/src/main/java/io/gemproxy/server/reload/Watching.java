package io.gemproxy.server.reload;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Looks at the files of the configuration once a second, and reloads when they have changed. */
public final class Watching implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watching.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final ReloadCause CAUSE =
            new ReloadCause(ReloadCause.Trigger.FILE, "gemproxy", "a file changed");

    private final ConfigReloader reloader;
    private final BooleanSupplier on;
    private final Predicate<Path> elsewhere;
    private final FileWatch watch;
    private final CountDownLatch closing = new CountDownLatch(1);

    private Watching(ConfigReloader reloader, BooleanSupplier on, Predicate<Path> elsewhere) {
        this.reloader = reloader;
        this.on = on;
        this.elsewhere = elsewhere;
        this.watch = new FileWatch(this::files, on, () -> reloader.reload(CAUSE));
    }

    /**
     * Starts looking.
     *
     * @param on {@code reload.watch} as it is in effect
     * @param elsewhere files that somebody else watches, as long as the configuration is not
     *     refused: then one of them may be what is mended
     */
    public static Watching start(
            ConfigReloader reloader, BooleanSupplier on, Predicate<Path> elsewhere) {
        Watching watching = new Watching(reloader, on, elsewhere);
        Thread.ofPlatform().daemon().name("config-watch").start(watching::run);
        return watching;
    }

    private List<Path> files() {
        List<Path> all = reloader.watched();
        boolean refused =
                reloader.status()
                        .last()
                        .filter(last -> last.outcome() instanceof ReloadOutcome.Rejected)
                        .isPresent();
        return refused ? all : all.stream().filter(elsewhere.negate()).toList();
    }

    private void run() {
        try {
            catchUp();
            while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                guarded(this::look);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** A file that was changed and changed back may have been loaded in between, as by SIGHUP. */
    private void look() {
        if (watch.look() && reloader.isBehind()) {
            reloader.reload(CAUSE);
        }
    }

    /** A file may have changed between its reading and the first look. */
    private void catchUp() {
        guarded(() -> {
            if (on.getAsBoolean() && reloader.isBehind()) {
                reloader.reload(CAUSE);
            }
        });
    }

    /** The thread must outlive whatever a look meets. */
    private static void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "the files of the configuration could not be watched", bug);
        }
    }

    /** Looks no more; a reload under way ends. */
    @Override
    public void close() {
        closing.countDown();
    }
}
