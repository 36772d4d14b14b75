package io.gemproxy.cli;

import io.gemproxy.cli.output.Pulse;
import io.gemproxy.cli.output.Terminal;
import io.gemproxy.server.audit.AuditReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the process has around it.
 *
 * @param terminal its streams
 * @param environment its variables
 * @param workingDirectory what relative paths are relative to
 * @param clock the time
 * @param random for keys and token ids
 * @param pause between two looks at a growing file
 * @param pulse how time passes while something is waited for
 */
record Surroundings(
        Terminal terminal,
        Map<String, String> environment,
        Path workingDirectory,
        InstantSource clock,
        SecureRandom random,
        AuditReader.Pause pause,
        Pulse pulse) {
    Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Keeps the environment, which may hold secrets, out of messages. */
    @Override
    public String toString() {
        return "Surroundings[" + workingDirectory + "]";
    }
}
