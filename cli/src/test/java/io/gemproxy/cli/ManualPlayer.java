package io.gemproxy.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Plays the transcripts of the manual, each command where it belongs. */
final class ManualPlayer implements AutoCloseable {
    /** These begin where nothing is yet. */
    private static final Set<String> AT_FIRST = Set.of("init", "config import", "cert self-signed");

    /** They read what the server has left behind. */
    private static final Set<String> AFTERWARDS = Set.of("audit tail", "audit verify");

    private final Path directory;
    private final Household household;

    ManualPlayer(Path directory) throws Exception {
        this.directory = directory;
        household = new Household(directory.resolve("server"));
        History.happen(household, directory.resolve("config import"));
    }

    List<String> play(String section, String command) throws Exception {
        if (AFTERWARDS.contains(section)) {
            household.stop();
        }
        household.pass(Duration.ofSeconds(1));
        return household.shellIn(place(section)).run(command);
    }

    /** Where the commands of a section run. */
    Path place(String section) {
        return AT_FIRST.contains(section) ? directory.resolve(section) : household.directory;
    }

    @Override
    public void close() {
        household.close();
    }
}
