package io.gemproxy.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** Warns of files that hold secrets and may be read by everybody. */
final class FileModes {
    private FileModes() {}

    /** Says so once, for the file as a whole. */
    static void check(Path file, String name, Report report) {
        if (isReadableByAll(file)) {
            report.add(
                    Rule.READABLE_FILE,
                    Spot.whole(name),
                    "",
                    "the file holds secrets and everybody on this machine may read it",
                    "chmod 600 it, or move the secrets to the environment");
        }
    }

    private static boolean isReadableByAll(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
