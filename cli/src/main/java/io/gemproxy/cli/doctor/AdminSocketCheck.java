package io.gemproxy.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Whether the Unix socket of the admin API is there, closed to others, and somebody listens. */
final class AdminSocketCheck implements Check {
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
    private static final int TYPE = 0170000; // inode(7)
    private static final int SOCKET = 0140000;

    private final Network network;
    private final LocalServer local;

    AdminSocketCheck(Network network) {
        this.network = network;
        local = new LocalServer(network);
    }

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public Diagnosis look(Patient patient) {
        return patient.config()
                .admin()
                .socket()
                .map(socket -> look(socket, patient))
                .orElseGet(() -> Diagnosis.skipped(name(), "admin.socket is not set"));
    }

    private Diagnosis look(Path socket, Patient patient) {
        try {
            int type = (int) Files.getAttribute(socket, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (type & TYPE) == SOCKET
                    ? there(socket)
                    : Diagnosis.failed(
                            name(),
                            socket + " is no socket",
                            "move it away and restart the server, or change admin.socket");
        } catch (IOException missing) {
            return missing(socket, patient);
        }
    }

    private Diagnosis there(Path socket) throws IOException {
        if (Files.getPosixFilePermissions(socket).stream().anyMatch(OF_OTHERS::contains)) {
            return Diagnosis.failed(
                    name(),
                    socket + " is open to other users of this machine, and needs no token",
                    "chmod 0660 " + socket);
        }
        try {
            network.knock(socket);
            return Diagnosis.ok(name(), "somebody listens on " + socket);
        } catch (IOException refused) {
            return refused(socket, String.valueOf(refused.getMessage()));
        }
    }

    private Diagnosis refused(Path socket, String why) {
        return why.contains("Permission denied")
                ? Diagnosis.warning(
                        name(),
                        "this user may not use " + socket,
                        "as root: usermod -aG GROUP USER, with the group that ls -l "
                                + socket
                                + " shows")
                : Diagnosis.failed(
                        name(),
                        "nobody listens on " + socket,
                        "start the server, which takes it over; if it runs, restart it");
    }

    private Diagnosis missing(Path socket, Patient patient) {
        return local.isRunning(patient.config())
                ? Diagnosis.failed(
                        name(),
                        socket + " is not there, but the server runs",
                        "restart the server; its log says if the socket cannot be made")
                : Diagnosis.ok(name(), socket + " is not there yet; the server makes it");
    }
}
