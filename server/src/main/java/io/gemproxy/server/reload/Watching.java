package io.gemproxy.server.reload;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Looks at the files of the configuration once a second, and reloads when they have changed. */
public final class Watching implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watching.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final ReloadCause CAUSE =
            new ReloadCause(ReloadCause.Trigger.FILE, "gemproxy", "a file changed");

    private final ConfigReloader reloader;
    private final BooleanSupplier on;
    private final FileWatch watch;
    private final CountDownLatch closing = new CountDownLatch(1);

    private Watching(ConfigReloader reloader, BooleanSupplier on) {
        this.reloader = reloader;
        this.on = on;
        this.watch = new FileWatch(reloader::watched, on, () -> reloader.reload(CAUSE));
    }

    /**
     * Starts looking.
     *
     * @param on {@code reload.watch} as it is in effect
     */
    public static Watching start(ConfigReloader reloader, BooleanSupplier on) {
        Watching watching = new Watching(reloader, on);
        Thread.ofPlatform().daemon().name("config-watch").start(watching::run);
        return watching;
    }

    private void run() {
        try {
            catchUp();
            while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                guarded(watch::look);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
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
