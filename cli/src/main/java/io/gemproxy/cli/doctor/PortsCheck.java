package io.gemproxy.cli.doctor;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Whether the server may listen where it should, or does. */
final class PortsCheck implements Check {
    private final Network network;
    private final LocalServer local;

    PortsCheck(Network network) {
        this.network = network;
        local = new LocalServer(network);
    }

    @Override
    public String name() {
        return "ports";
    }

    @Override
    public Diagnosis look(Patient patient) {
        var server = patient.config().server();
        var admin = patient.config().admin();
        try {
            network.bind(server.host(), server.port());
        } catch (IOException taken) {
            return refused("server", server.host(), server.port(), taken, patient);
        }
        try {
            network.bind(admin.host(), admin.port());
        } catch (IOException taken) {
            return refused("admin", admin.host(), admin.port(), taken, patient);
        }
        return Diagnosis.ok(name(), server.port() + " and " + admin.port() + " are free");
    }

    private Diagnosis refused(
            String section, String host, int port, IOException cause, Patient patient) {
        String place = host + ":" + port;
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("permission denied")) {
            return Diagnosis.failed(
                    name(),
                    place + " is for root",
                    "take a port from 1024 on, or give the unit"
                            + " AmbientCapabilities=CAP_NET_BIND_SERVICE");
        }
        if (cause instanceof BindException && words.contains("in use")) {
            return local.isRunning(patient.config())
                    ? Diagnosis.ok(name(), "gemproxy is running and has them")
                    : Diagnosis.failed(
                            name(),
                            place + " is taken by another program",
                            "find it with: ss -ltnp 'sport = :"
                                    + port
                                    + "'; or change "
                                    + section
                                    + ".port");
        }
        return Diagnosis.failed(
                name(),
                place + (cause instanceof UnknownHostException ? " is no address" : ": " + words),
                "set "
                        + section
                        + ".host to an address of this machine (ip address), or to"
                        + " 127.0.0.1");
    }
}
