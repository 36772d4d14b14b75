package io.gemproxy.server.admin;

import java.util.List;
import java.util.Map;

/** What became of the wish to change the configuration. */
public sealed interface ConfigOutcome {
    /**
     * It is on disk and in effect.
     *
     * @param version of what is on disk now
     * @param changed settings that changed
     * @param needRestart those of them that take effect with the next start only
     * @param backups files in which what was before is kept
     */
    record Done(
            String version, List<String> changed, List<String> needRestart, List<String> backups)
            implements ConfigOutcome {
        public Done {
            changed = List.copyOf(changed);
            needRestart = List.copyOf(needRestart);
            backups = List.copyOf(backups);
        }
    }

    /**
     * An earlier version is on disk and in effect.
     *
     * @param version of what is on disk now
     * @param changed settings that changed
     * @param needRestart those of them that take effect with the next start only
     * @param backups files in which what was before is kept
     * @param restored files that are as they were in that version
     * @param notRestored files that it names and that no version holds, as they are now
     */
    record RolledBack(
            String version,
            List<String> changed,
            List<String> needRestart,
            List<String> backups,
            List<String> restored,
            List<String> notRestored)
            implements ConfigOutcome {
        public RolledBack {
            changed = List.copyOf(changed);
            needRestart = List.copyOf(needRestart);
            backups = List.copyOf(backups);
            restored = List.copyOf(restored);
            notRestored = List.copyOf(notRestored);
        }
    }

    /**
     * Somebody else changed it first.
     *
     * @param now the version that is there
     */
    record Stale(String now) implements ConfigOutcome {}

    /**
     * Nobody could run with it.
     *
     * @param findings each as {@code validate} has it
     */
    record Invalid(List<Map<String, Object>> findings) implements ConfigOutcome {
        public Invalid {
            findings = List.copyOf(findings);
        }
    }

    /**
     * It was not done.
     *
     * @param why decides the status
     * @param detail for whoever asked
     */
    record Refused(Why why, String detail) implements ConfigOutcome {}

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
        /** The disk failed. */
        UNSAVED
    }
}
