package io.gemproxy.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether files with secrets are closed to others. */
final class FileModesCheck implements Check {
    private static final Set<PosixFilePermission> OPEN =
            Set.of(
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.GROUP_WRITE);

    @Override
    public String name() {
        return "file modes";
    }

    @Override
    public Diagnosis look(Patient patient) {
        var config = patient.config();
        List<Path> open =
                Stream.of(
                                patient.file(),
                                config.server().tls().keyPath(),
                                config.adminTls().keyPath(),
                                config.audit().chainKeyFile(),
                                config.state().dir(),
                                config.state().dir().resolve("signing-keys.json"))
                        .filter(FileModesCheck::isOpen)
                        .distinct()
                        .toList();
        if (open.isEmpty()) {
            return Diagnosis.ok(name(), "files with secrets are closed to others");
        }
        return Diagnosis.failed(
                name(),
                joined(open, ", ") + ": open to other users of this machine",
                "chmod g-w,o-rwx " + joined(open, " "));
    }

    private static String joined(List<Path> files, String between) {
        return files.stream().map(Path::toString).collect(Collectors.joining(between));
    }

    private static boolean isOpen(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OPEN::contains);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
