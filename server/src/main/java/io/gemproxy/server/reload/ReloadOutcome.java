package io.gemproxy.server.reload;

import io.gemproxy.server.config.Finding;
import java.util.List;

/** What became of reading the configuration again. */
public sealed interface ReloadOutcome {
    /**
     * It is in effect.
     *
     * @param version of what is in effect now
     * @param changed paths of the settings that changed, never their values
     * @param needRestart those of them that take effect with the next start only
     */
    record Applied(ConfigVersion version, List<String> changed, List<String> needRestart)
            implements ReloadOutcome {
        public Applied {
            changed = List.copyOf(changed);
            needRestart = List.copyOf(needRestart);
        }
    }

    /**
     * It is in effect but for parts that could not take over, which is a bug of ours; each further
     * reload and the next start try again.
     *
     * @param version of what is in effect in all other parts
     * @param changed paths of the settings that changed, never their values
     * @param needRestart those of them that take effect with the next start only
     * @param failures one for each part
     */
    record Partial(
            ConfigVersion version,
            List<String> changed,
            List<String> needRestart,
            List<Finding> failures)
            implements ReloadOutcome {
        public Partial {
            changed = List.copyOf(changed);
            needRestart = List.copyOf(needRestart);
            failures = List.copyOf(failures);
        }
    }

    /**
     * Nothing that matters had changed.
     *
     * @param version of what is in effect
     */
    record Unchanged(ConfigVersion version) implements ReloadOutcome {}

    /**
     * It cannot be put into effect; what ran before runs on.
     *
     * @param findings at least one error among them
     */
    record Rejected(List<Finding> findings) implements ReloadOutcome {
        public Rejected {
            findings = List.copyOf(findings);
        }
    }
}
