package io.gemproxy.cli.doctor;

import io.gemproxy.server.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Whether the state directory can be used, and what must not be damaged in it is whole. */
final class StateCheck implements Check {
    private final InstantSource clock;
    private final SecureRandom random;

    StateCheck(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return "state";
    }

    @Override
    public Diagnosis look(Patient patient) {
        Path directory = patient.config().state().dir();
        Path there = nearest(directory);
        if (there == null || !Files.isDirectory(there)) {
            return Diagnosis.failed(
                    name(), there + " is no directory", "move it away, or set state.dir");
        }
        if (!Files.isWritable(there)) {
            return Diagnosis.failed(
                    name(),
                    there + " may not be written by this user",
                    "as root: install -d -m 700 -o gemproxy -g gemproxy " + directory);
        }
        if (!Files.exists(directory)) {
            return Diagnosis.ok(name(), directory + " is not there yet; the server makes it");
        }
        try {
            Trust.open(patient.config(), random, clock);
            return Diagnosis.ok(name(), directory + " can be written");
        } catch (IOException damaged) {
            return Diagnosis.failed(
                    name(),
                    String.valueOf(damaged.getMessage()),
                    "bring the file back from a backup; docs/tokens.md tells what it holds");
        }
    }

    /** The directory itself or what of its path is there. */
    private static @Nullable Path nearest(Path directory) {
        Path there = directory.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }
}
