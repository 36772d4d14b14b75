package io.gemproxy.server;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.state.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was done in the state directory while no server ran, until the audit log of the next server
 * has it. Whoever changes it holds the lock of the directory.
 */
public final class OfflineActions {
    /** The action that takes back tokens. */
    public static final String REVOKE = "token.revoke";

    /** Notes that wait for a server at most. */
    static final int MOST = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final DurableFile<OfflineAction.Untold> file;
    private final InstantSource clock;

    OfflineActions(Path directory, InstantSource clock) {
        this.file = DurableFile.in(directory, "offline-actions.json", OfflineAction.Untold.class);
        this.clock = clock;
    }

    /**
     * Does something that is noted before; if it fails the note is taken back.
     *
     * @param action its word in the audit log
     * @param by the user of the machine
     * @param details lower-case names, values never secrets
     * @throws IOException if it cannot be noted; then it is not done
     */
    public <T, E extends Exception> T noting(
            String action, String by, Map<String, String> details, Work<T, E> work)
            throws IOException, E {
        OfflineAction.Untold before = file.read().orElse(OfflineAction.Untold.NONE);
        if (before.actions().size() >= MOST) {
            throw new IOException(
                    MOST
                            + " actions wait in state.dir/offline-actions.json for the audit log; start"
                            + " the server, which records them, and try again");
        }
        List<OfflineAction> actions = new ArrayList<>(before.actions());
        actions.add(new OfflineAction(action, clock.instant(), by, details));
        file.replace(new OfflineAction.Untold(actions));
        boolean done = false;
        try {
            T result = work.run();
            done = true;
            return result;
        } finally {
            if (!done) {
                file.replace(before);
            }
        }
    }

    /**
     * Records all of it, and forgets it once the records are on file; so a crash in between costs a
     * second record and never the first.
     *
     * @throws IOException if the notes cannot be read, or are damaged
     */
    void tell(AuditLog audit) throws IOException {
        List<OfflineAction> untold =
                file.read().map(OfflineAction.Untold::actions).orElse(List.of());
        if (untold.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        for (OfflineAction one : untold) {
            if (one.action().startsWith(AuditEvent.OF_THE_LOG)) {
                throw new IOException(
                        "state.dir: offline-actions.json notes what only the audit log itself can"
                                + " say: "
                                + one.action());
            }
        }
        untold.forEach(one -> audit.record(event(one, now)));
        try {
            if (audit.flush(PATIENCE)) {
                file.replace(OfflineAction.Untold.NONE);
            }
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    private static AuditEvent event(OfflineAction done, Instant now) {
        Map<String, String> details = new TreeMap<>(done.details());
        details.put("done_at", done.at().toString());
        details.put("by", done.by());
        return new AuditEvent(
                done.action().equals(REVOKE)
                        ? AuditEvent.Type.TOKEN_REVOKED
                        : AuditEvent.Type.ADMIN_ACTION,
                now,
                done.action(),
                Result.SUCCESS,
                Optional.of("gemproxy-cli"),
                Optional.empty(),
                Optional.empty(),
                details);
    }

    /** What is done. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws IOException, E;
    }
}
