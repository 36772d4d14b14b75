package io.gemproxy.server.reload;

/**
 * Why the configuration is read.
 *
 * @param trigger what asked for it
 * @param actor who: a client, a user of the machine, or {@code gemproxy} itself
 * @param reason in the words of whoever asked, empty if there are none; never holds a secret
 */
public record ReloadCause(Trigger trigger, String actor, String reason) {
    /** The start of the server. */
    public static final ReloadCause START = new ReloadCause(Trigger.START, "gemproxy", "");

    /** What can ask for it. */
    public enum Trigger {
        /** The start of the server. */
        START,
        /** A file changed on disk. */
        FILE,
        /** SIGHUP. */
        SIGNAL,
        /** {@code POST /api/config/reload}. */
        API,
        /** The admin API wrote the file. */
        WRITE,
        /** An earlier version was put back. */
        ROLLBACK
    }
}
