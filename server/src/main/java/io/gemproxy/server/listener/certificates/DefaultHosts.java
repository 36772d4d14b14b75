package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The names a self-signed certificate has when nobody says otherwise. */
public final class DefaultHosts {
    private static final Path KERNELS_NAME = Path.of("/proc/sys/kernel/hostname");

    private DefaultHosts() {}

    /** Localhost by name and address, {@code gemini-proxy}, and this machine's name. */
    public static List<String> names() {
        List<String> names =
                new ArrayList<>(List.of("localhost", "gemini-proxy", "127.0.0.1", "::1"));
        machine()
                .filter(CertificateText::isHost)
                .filter(name -> !names.contains(name))
                .ifPresent(names::add);
        return List.copyOf(names);
    }

    /** The kernel knows it without a look into DNS; elsewhere Java must ask. */
    private static Optional<String> machine() {
        try {
            return Optional.of(
                    Files.isReadable(KERNELS_NAME)
                            ? Files.readString(KERNELS_NAME).strip()
                            : InetAddress.getLocalHost().getHostName());
        } catch (IOException nameless) {
            return Optional.empty();
        }
    }
}
