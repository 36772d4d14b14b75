package io.gemproxy.cli.doctor;

import io.gemproxy.cli.admin.ServerTrust;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.server.admin.AdminConfig;
import io.gemproxy.server.config.GemproxyConfig;
import java.io.IOException;
import java.net.URI;

/** The server of this installation, if it runs. */
final class LocalServer {
    private static final String OURS = "\"listener_proxy\"";

    private final Network network;

    LocalServer(Network network) {
        this.network = network;
    }

    /** Whether what answers at the admin port is gemproxy. */
    boolean isRunning(GemproxyConfig config) {
        try {
            URI live = URI.create(origin(config) + "/health/live");
            Greeting greeting =
                    config.adminTls().enabled()
                            ? network.get(
                                    live,
                                    ServerTrust.withOwn(
                                            Installation.certificate(config.adminTls())))
                            : network.get(live);
            return greeting.beginning().contains(OURS);
        } catch (IOException | IllegalArgumentException another) {
            return false;
        }
    }

    private static String origin(GemproxyConfig config) {
        AdminConfig admin = config.admin();
        String host =
                switch (admin.host()) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::" -> "::1";
                    default -> admin.host();
                };
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return (config.adminTls().enabled() ? "https://" : "http://")
                + literal
                + ":"
                + admin.port();
    }
}
