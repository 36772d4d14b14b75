package io.gemproxy.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Progress;
import io.gemproxy.cli.output.Pulse;
import io.gemproxy.server.audit.AuditReader.Pause;
import java.io.IOException;
import java.time.Duration;

/** Waits until a server that drains is gone. */
public final class Departure {
    /** What a server takes at the most when all that ran has ended or was cut. */
    private static final Duration LAST_WORK = Duration.ofSeconds(15);

    private final AdminAccess access;
    private final AdminClient client;
    private final Progress progress;
    private final Pulse pulse;
    private final Pause pause;

    public Departure(
            AdminAccess access, AdminClient client, Progress progress, Pulse pulse, Pause pause) {
        this.access = access;
        this.client = client;
        this.progress = progress;
        this.pulse = pulse;
        this.pause = pause;
    }

    /**
     * Whether it stopped answering in the time it has, and a little more.
     *
     * @param grace it gives to what runs
     * @throws IOException if a file that says how to ask cannot be read
     */
    boolean isAwaited(AdminOption where, Duration grace) throws IOException {
        long end = pulse.nanoTime() + grace.plus(LAST_WORK).toNanos();
        try (Progress.Step step = progress.begin("Waiting for the server to stop")) {
            while (pulse.nanoTime() < end && pause.goOn()) {
                if (isGone(where, step)) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(ExitCode.NO, "interrupted", stopped);
        }
    }

    private boolean isGone(AdminOption where, Progress.Step step) throws IOException {
        try {
            JsonNode status = client.get(access.target(where), "/api/status");
            step.at(left(status));
            return false;
        } catch (CommandFailedException failed) {
            // whatever else it says while it goes, it is there to say it
            return failed.exitCode() == ExitCode.UNREACHABLE;
        }
    }

    /** What of a status or of the answer to a drain is still there. */
    static String left(JsonNode server) {
        return Humane.count(server.path("connections").asLong(), "connection")
                + ", "
                + Humane.count(server.path("streams").asLong(), "stream");
    }
}
