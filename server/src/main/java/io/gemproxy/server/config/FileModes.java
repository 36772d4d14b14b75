package io.gemproxy.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Warns of files that everybody on the machine may read or change, and should not. */
final class FileModes {
    private FileModes() {}

    /** The configuration itself: says so once, for the file as a whole. */
    static void ofConfiguration(Path file, String name, boolean holdsSecrets, Report report) {
        Set<PosixFilePermission> mode = mode(file);
        if (holdsSecrets && mode.contains(PosixFilePermission.OTHERS_READ)) {
            report.add(
                    Rule.READABLE_FILE,
                    Spot.whole(name),
                    "",
                    "the file holds secrets and everybody on this machine may read it",
                    "chmod 600 it, or move the secrets to the environment");
        }
        if (mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            report.add(
                    Rule.WRITABLE_FILE,
                    Spot.whole(name),
                    "",
                    "everybody on this machine may change the file, and so who is let in",
                    "chmod o-w it");
        }
    }

    /** A file that is nothing but a secret, at the setting that names it. */
    static void ofSecret(Path file, Spot spot, String key, Report report) {
        Set<PosixFilePermission> mode = mode(file);
        if (mode.contains(PosixFilePermission.OTHERS_READ)) {
            report.add(
                    Rule.READABLE_FILE,
                    spot,
                    key,
                    "everybody on this machine may read the file",
                    "chmod 600 it");
        }
        if (mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            report.add(
                    Rule.WRITABLE_FILE,
                    spot,
                    key,
                    "everybody on this machine may change the file",
                    "chmod 600 it");
        }
    }

    private static Set<PosixFilePermission> mode(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.getPosixFilePermissions(file) : Set.of();
        } catch (IOException | UnsupportedOperationException unknown) {
            return Set.of();
        }
    }
}
