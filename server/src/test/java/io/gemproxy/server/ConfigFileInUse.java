package io.gemproxy.server;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.reload.ReloadCause;
import io.gemproxy.server.reload.ReloadOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;

/** The file a server was started from, and what a test does to it while the server runs. */
final class ConfigFileInUse {
    private static final ReloadCause BY_TEST =
            new ReloadCause(ReloadCause.Trigger.API, "a test", "because it may");

    private final Path file;

    ConfigFileInUse(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    String text() throws IOException {
        return Files.readString(file);
    }

    /** As careful people do: another file takes its place at once. */
    void write(String yaml) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(
                next,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(next, yaml);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        Emissions.OF_THIS_RUN.given(file);
    }

    /** Changes the file, then has the server read it. */
    ReloadOutcome reload(Gemproxy server, UnaryOperator<String> edit) throws IOException {
        write(edit.apply(text()));
        return server.reloading().reload(BY_TEST);
    }
}
