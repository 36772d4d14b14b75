package io.gemproxy.server;

import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.Severity;
import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.listener.ProxyListener;
import io.gemproxy.server.reload.FinishedReload;
import io.gemproxy.server.reload.ReloadListener;
import io.gemproxy.server.reload.ReloadOutcome;
import io.gemproxy.server.systemd.Supervisor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the service manager's line about the server true; {@code systemctl status} shows it. */
final class ServiceReport implements ReloadListener, AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** What the stop takes beyond the grace: files are closed, what was cut is recorded. */
    private static final Duration LAST_WORK = Duration.ofSeconds(15);

    private final Supervisor supervisor;
    private final KeyPool pool;
    private final ProxyListener listener;
    private final CompletableFuture<String> addresses = new CompletableFuture<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile String refusal = "";
    private volatile Optional<Duration> draining = Optional.empty();
    private volatile boolean reading;

    ServiceReport(Supervisor supervisor, KeyPool pool, ProxyListener listener) {
        this.supervisor = supervisor;
        this.pool = pool;
        this.listener = listener;
    }

    /** Everything is open. */
    void serving(String where) {
        addresses.complete(where);
        supervisor.ready(line());
        if (supervisor.listens()) {
            Thread.ofPlatform().daemon().name("service-report").start(this::follow);
        }
    }

    /** The stop has begun; requests that run have that long. */
    void draining(Duration grace) {
        draining = Optional.of(grace);
        supervisor.stopping(line(), grace.plus(LAST_WORK));
    }

    @Override
    public void reloading() {
        if (draining.isEmpty()) {
            reading = true;
            supervisor.reloading();
        }
    }

    @Override
    public void reloaded(FinishedReload reload) {
        refusal =
                reload.outcome() instanceof ReloadOutcome.Rejected rejected
                        ? "; configuration refused: " + first(rejected)
                        : "";
        reading = false;
        if (draining.isEmpty()) {
            supervisor.ready(line());
        }
    }

    private void follow() {
        String told = "";
        try {
            while (!stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                String now = line();
                if (!now.equals(told) && !reading) {
                    supervisor.status(now);
                    told = now;
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private String line() {
        return draining.map(this::leaving).orElseGet(this::serving);
    }

    private String leaving(Duration grace) {
        return "Draining: "
                + count(listener.running(), "request")
                + " running, "
                + count(listener.connections(), "connection")
                + " open, cut after "
                + grace.toSeconds()
                + " s";
    }

    private String serving() {
        long healthy =
                pool.status().stream()
                        .map(KeyStatus::state)
                        .filter(state -> state.equals("Healthy"))
                        .count();
        return "Serving on "
                + addresses.getNow("no port yet")
                + "; "
                + healthy
                + " of "
                + count(pool.size(), "key")
                + " healthy"
                + refusal;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String first(ReloadOutcome.Rejected rejected) {
        return rejected.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map((Finding finding) -> ConfigText.lines(finding).getFirst())
                .findFirst()
                .orElse("see the log");
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
