package io.gemproxy.server.reload.writing;

import io.gemproxy.server.config.Finding;
import io.gemproxy.server.reload.ConfigVersion;
import java.util.List;

/** What became of the wish to change the configuration. */
public sealed interface WriteOutcome {
    /**
     * It is on disk and in effect.
     *
     * @param version of what is on disk now
     * @param changed paths of the settings that changed
     * @param needRestart those of them that take effect with the next start only
     * @param backups files in which what was before is kept; empty if nothing had to be written
     */
    record Written(
            ConfigVersion version,
            List<String> changed,
            List<String> needRestart,
            List<String> backups)
            implements WriteOutcome {
        public Written {
            changed = List.copyOf(changed);
            needRestart = List.copyOf(needRestart);
            backups = List.copyOf(backups);
        }
    }

    /**
     * An earlier version is on disk and in effect.
     *
     * @param written as of any other change
     * @param restored files that are as they were in that version
     * @param notRestored files that it names and that no version holds, as they are now
     */
    record RolledBack(Written written, List<String> restored, List<String> notRestored)
            implements WriteOutcome {
        public RolledBack {
            restored = List.copyOf(restored);
            notRestored = List.copyOf(notRestored);
        }
    }

    /**
     * Somebody else changed it first.
     *
     * @param now what is on disk
     */
    record Stale(ConfigVersion now) implements WriteOutcome {}

    /**
     * Nobody could run with it; the disk is as it was.
     *
     * @param findings at least one error among them
     */
    record Invalid(List<Finding> findings) implements WriteOutcome {
        public Invalid {
            findings = List.copyOf(findings);
        }
    }

    /**
     * It was not done.
     *
     * @param why in a word
     * @param detail for whoever asked
     */
    record Refused(Why why, String detail) implements WriteOutcome {}

    /** Why something was not done. */
    enum Why {
        /** The installation does not allow it. */
        FORBIDDEN,
        /** What was named is not there. */
        MISSING,
        /** It does not fit what is there. */
        CONFLICT,
        /** It cannot be understood. */
        MALFORMED,
        /** It is on disk and in effect but for parts of the server that could not take over. */
        PARTLY,
        /** The disk failed; what is on it is as it was. */
        UNSAVED
    }
}
