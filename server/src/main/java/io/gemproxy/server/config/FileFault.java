package io.gemproxy.server.config;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in the operator's words why a file that the configuration needs cannot be read. */
final class FileFault {
    static final String NO_FILE = "this is no regular file";

    private FileFault() {}

    /** Whether it is a pipe or a device, which might be waited for without an end. */
    static boolean isNoFile(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /** What mends it, or otherwise the usual. */
    static String fix(Exception failure, String usual) {
        return failure instanceof AccessDeniedException
                ? "let a group of that user read it (chgrp, chmod 0640) and enter its directories"
                : usual;
    }

    /** Never the words of the failure itself, which may repeat a name that is a secret. */
    static String of(Path file, Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "the file does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "this user may not read the file";
        }
        return Files.isDirectory(file)
                ? "this is a directory, not a file"
                : "the file cannot be read";
    }
}
