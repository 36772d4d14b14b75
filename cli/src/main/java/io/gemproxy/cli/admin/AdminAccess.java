package io.gemproxy.cli.admin;

import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.installation.LocalConfig;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.server.admin.AdminConfig;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.listener.certificates.PemFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Finds the way to the admin API: what the options or the environment name, else the Unix socket of
 * this machine's server if this user may, else its port with a token of our own.
 */
public final class AdminAccess {
    /** No name: anybody may own one that begins with 127. */
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    /** What says where the port is; one has an older name. */
    private static final Set<String> PORT =
            Set.of("admin.host", "admin.port", "admin.tls.enabled", "metrics.prometheus_port");

    private static final Duration OWN_TOKEN_LIFE = Duration.ofMinutes(1);

    private final Installation installation;
    private final Map<String, String> environment;
    private final Printer printer;

    public AdminAccess(
            Installation installation, Map<String, String> environment, Printer printer) {
        this.installation = installation;
        this.environment = Map.copyOf(environment);
        this.printer = printer;
    }

    /**
     * Where to ask and with what.
     *
     * @throws CommandFailedException if there is no address or no token to be had
     * @throws IOException if the token file cannot be read
     */
    public AdminTarget target(AdminOption option) throws IOException {
        Optional<AdminTarget> socket = socket(option);
        return socket.isPresent() ? socket.get() : port(option);
    }

    /** A server that is named may be a socket; a token that is named wants a port. */
    private Optional<AdminTarget> socket(AdminOption option) {
        Optional<URI> server =
                isNamed(option)
                        ? Optional.of(server(option)).filter(it -> LocalSocket.path(it).isPresent())
                        : hasToken(option)
                                ? Optional.empty()
                                : ownSocket(installation.read(option.config().source()));
        return server.map(AdminTarget::ofSocket);
    }

    /**
     * The Unix socket of this machine's server, if this user may and somebody answers there.
     *
     * @throws CommandFailedException if the configuration does not tell where it is
     */
    public Optional<AdminTarget> atSocket(LocalConfig local) {
        return ownSocket(local).map(AdminTarget::ofSocket);
    }

    private static Optional<URI> ownSocket(LocalConfig local) {
        return local.lookUp(Set.of("admin.socket"))
                .admin()
                .socket()
                .filter(LocalSocket::isOpen)
                .map(LocalSocket::uri);
    }

    private boolean hasToken(AdminOption option) {
        return option.tokenFile().isPresent() || variable("GEMPROXY_ADMIN_TOKEN").isPresent();
    }

    private AdminTarget port(AdminOption option) throws IOException {
        URI server = server(option);
        Secret credential = credential(option, server);
        if (server.getScheme().equals("http") && !isLoopback(server)) {
            printer.say("warning: the admin token crosses the network unencrypted to " + server);
        }
        return new AdminTarget(server, Optional.of(credential), trust(option, server));
    }

    private Optional<SSLContext> trust(AdminOption option, URI server) throws IOException {
        if (!server.getScheme().equals("https")) {
            return Optional.empty();
        }
        if (option.authorities().isPresent()) {
            Path file = installation.resolve(option.authorities().get());
            return Optional.of(ServerTrust.only(PemFiles.certificates(file)));
        }
        boolean here = !isNamed(option) || isLoopback(server);
        return Optional.of(
                ServerTrust.withOwn(
                        here
                                ? installation.adminCertificate(option.config().source())
                                : Optional.empty()));
    }

    /** Whether a server was named, by the option or the environment. */
    public boolean isNamed(AdminOption option) {
        return option.server().or(() -> variable("GEMPROXY_SERVER_URL")).isPresent();
    }

    private URI server(AdminOption option) {
        Optional<String> named = option.server().or(() -> variable("GEMPROXY_SERVER_URL"));
        return named.map(AdminAccess::parsed)
                .orElseGet(() -> local(installation.lookUp(option.config().source(), PORT)));
    }

    private static URI parsed(String text) {
        try {
            URI server = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (LocalSocket.SCHEME.equals(server.getScheme())
                    && server.getRawAuthority() == null
                    && server.getPath() != null
                    && server.getPath().startsWith("/")) {
                return server;
            }
            boolean web = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
            boolean bare = "".equals(server.getRawPath()) && server.getRawUserInfo() == null;
            if (web && server.getHost() != null && bare) {
                return server;
            }
        } catch (URISyntaxException told) {
            // below, without the text, which may hold a password
        }
        throw new CommandFailedException(
                ExitCode.USAGE,
                "the server's address has the form http://127.0.0.1:9090, https://host:port or"
                        + " unix:/path/of/the/socket");
    }

    /** A listener on all addresses is asked on loopback. */
    private static URI local(GemproxyConfig config) {
        AdminConfig admin = config.admin();
        String host =
                switch (admin.host()) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::" -> "[::1]";
                    default ->
                            admin.host().contains(":") && !admin.host().startsWith("[")
                                    ? "[" + admin.host() + "]"
                                    : admin.host();
                };
        return URI.create(
                (config.adminTls().enabled() ? "https://" : "http://") + host + ":" + admin.port());
    }

    private Secret credential(AdminOption option, URI server) throws IOException {
        if (option.tokenFile().isPresent()) {
            return fromFile(option.tokenFile().get());
        }
        Optional<String> given = variable("GEMPROXY_ADMIN_TOKEN");
        return given.isPresent() ? Secret.of(given.get()) : minted(option, server);
    }

    private Secret fromFile(Path file) throws IOException {
        String text = Files.readString(installation.resolve(file)).strip();
        if (text.isEmpty()) {
            throw new CommandFailedException(ExitCode.UNAUTHORISED, file + " holds no token");
        }
        return Secret.of(text);
    }

    /** Only for this machine: another one's server has another secret, or should have. */
    private Secret minted(AdminOption option, URI server) {
        boolean named = option.server().or(() -> variable("GEMPROXY_SERVER_URL")).isPresent();
        if (named && !isLoopback(server)) {
            throw unauthorised("a server elsewhere wants GEMPROXY_ADMIN_TOKEN or --token-file");
        }
        if (named && installation.isMissing(option.config().source())) {
            throw unauthorised(
                    "wants GEMPROXY_ADMIN_TOKEN or --token-file: there is no configuration here to"
                            + " mint an admin token from");
        }
        TokenIssuer issuer =
                installation.issuer(
                        installation.read(option.config().source()),
                        ExitCode.UNAUTHORISED,
                        "there is no auth.jwt_secret to mint an admin token with; set JWT_SECRET,"
                                + " GEMPROXY_ADMIN_TOKEN or --token-file");
        TokenGrant grant = TokenGrant.of("gemproxy-cli", OWN_TOKEN_LIFE, Role.ADMIN);
        return Secret.of(issuer.issue(grant));
    }

    private static CommandFailedException unauthorised(String message) {
        return new CommandFailedException(ExitCode.UNAUTHORISED, message);
    }

    private Optional<String> variable(String name) {
        return Optional.of(environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty());
    }

    private static boolean isLoopback(URI server) {
        String host = server.getHost();
        return host.equals("localhost")
                || host.equals("[::1]")
                || LOOPBACK_V4.matcher(host).matches();
    }
}
