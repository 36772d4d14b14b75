package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.nio.file.Path;

/** A certificate or key file that cannot be used; the message names the file and the way out. */
public final class CertificateFileException extends IOException {
    CertificateFileException(Path file, String problem) {
        super(file + " " + problem);
    }
}
