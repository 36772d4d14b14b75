package io.gemproxy.server;

import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.authentication.sessions.AdminSessions;
import io.gemproxy.server.authentication.sessions.SessionList;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.state.DurableFile;
import io.gemproxy.server.state.StateDamaged;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** The sessions of the admin port, over restarts. */
final class KeptSessions {
    private static final System.Logger LOG = System.getLogger(KeptSessions.class.getName());
    private static final String FILE = "sessions.json";

    private KeptSessions() {}

    /**
     * Those that {@code state.dir} holds.
     *
     * @throws IOException if it cannot be read
     */
    static AdminSessions open(GemproxyConfig config, TokenIssuer issuer, Platform platform)
            throws IOException {
        DurableFile<SessionList> file =
                DurableFile.in(config.state().dir(), FILE, SessionList.class);
        return new AdminSessions(
                kept(file),
                config.sessions(),
                config.authentication(),
                issuer,
                file::replace,
                platform.random(),
                platform.clock());
    }

    /** Whoever is not known to be logged in logs in again, so a damaged file stops nothing. */
    static SessionList kept(DurableFile<SessionList> file) throws IOException {
        try {
            return file.read().orElse(SessionList.EMPTY);
        } catch (StateDamaged lost) {
            LOG.log(Level.WARNING, "all admin sessions are over: {0}", lost.getMessage());
            return SessionList.EMPTY;
        }
    }
}
