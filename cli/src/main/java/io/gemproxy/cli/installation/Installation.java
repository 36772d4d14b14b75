package io.gemproxy.cli.installation;

import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.server.Trust;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigResult.InvalidConfig;
import io.gemproxy.server.config.ConfigResult.LoadedConfig;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.EffectiveConfig;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.config.Place;
import io.gemproxy.server.config.Purpose;
import io.gemproxy.server.config.Rule;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.listener.certificates.PemFiles;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the configuration the server would read, with the server's own loader. */
public final class Installation {
    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final InstantSource clock;
    private final SecureRandom random;

    public Installation(
            Map<String, String> environment,
            Path workingDirectory,
            InstantSource clock,
            SecureRandom random) {
        this.random = random;
        this.environment = Map.copyOf(environment);
        this.workingDirectory = workingDirectory;
        this.clock = clock;
    }

    /** Reads the configuration once, for all that a command wants of it. */
    public LocalConfig read(ConfigSource source) {
        return new LocalConfig(new ConfigLoader(clock).judge(request(source)));
    }

    /** Loads as the server would at its start. */
    public ConfigResult asServer(ConfigSource source) {
        return read(source).as(Purpose.SERVE);
    }

    /** Loads what a tool beside the server needs; pooled keys may be missing. */
    public ConfigResult asTool(ConfigSource source) {
        return read(source).as(Purpose.OPERATE);
    }

    /** The same as {@link LocalConfig#lookUp}. */
    public GemproxyConfig lookUp(ConfigSource source, Set<String> settings) {
        return read(source).lookUp(settings);
    }

    /**
     * What the configuration comes to, whatever is wrong with its secrets.
     *
     * @param sets as of {@code --set}, each {@code path.to.key=value}
     * @throws CommandFailedException naming what is wrong with it
     */
    public EffectiveConfig effective(ConfigSource source, List<String> sets) {
        EffectiveConfig effective =
                new ConfigLoader(clock)
                        .effective(
                                new ConfigRequest(source, sets, environment, workingDirectory),
                                Purpose.LOOK);
        return switch (effective.result()) {
            case LoadedConfig _ -> effective;
            case InvalidConfig invalid -> throw LocalConfig.refused(invalid, Purpose.LOOK);
        };
    }

    /**
     * What the admin port of this machine's server proves itself with; empty where that has no TLS,
     * or this user may not look.
     */
    public Optional<X509Certificate> adminCertificate(ConfigSource source) {
        Purpose purpose = Purpose.lookUp(Set.of("admin.tls.enabled"));
        return switch (read(source).as(purpose)) {
            case LoadedConfig loaded -> certificate(loaded.config().adminTls());
            case InvalidConfig _ -> Optional.empty();
        };
    }

    /** The certificate that a port would serve now. */
    public static Optional<X509Certificate> certificate(TlsConfig tls) {
        try {
            return tls.enabled()
                    ? Optional.of(PemFiles.certificates(tls.certPath()).getFirst())
                    : Optional.empty();
        } catch (IOException notOurs) {
            return Optional.empty();
        }
    }

    /**
     * Who the server on this machine trusts, and with what it signs.
     *
     * @throws IOException if its state directory cannot be read
     */
    public Trust trust(ConfigSource source) throws IOException {
        return Trust.open(read(source).forTokens(), random, clock);
    }

    /**
     * What mints tokens as the server would; with the configured secret where its state directory
     * may not be read.
     *
     * @throws CommandFailedException with that code if there is no secret to sign with
     */
    public TokenIssuer issuer(LocalConfig local, ExitCode without, String why) {
        GemproxyConfig config = local.forTokens();
        Secret configured =
                config.authentication()
                        .jwtSecret()
                        .orElseThrow(() -> new CommandFailedException(without, why));
        try {
            return Trust.open(config, random, clock).issuer();
        } catch (IOException notOurs) {
            return new TokenIssuer(configured, random, clock);
        }
    }

    /** The same for a configuration that was loaded; empty where this user may not look. */
    public Optional<Trust> trust(LoadedConfig loaded) {
        try {
            return Optional.of(Trust.open(loaded.config(), random, clock));
        } catch (IOException notOurs) {
            return Optional.empty();
        }
    }

    /** Reminds of a secret that has signed tokens for longer than the configuration wants. */
    public Optional<Finding> signingSecretFinding(LoadedConfig loaded) {
        Optional<Duration> most = loaded.config().issuing().maxKeyAge();
        if (most.isEmpty()) {
            return Optional.empty();
        }
        return trust(loaded)
                .flatMap(trust -> trust.ring().age(clock.instant()))
                .filter(age -> age.compareTo(most.get()) > 0)
                .map(age -> old(loaded.source(), age));
    }

    private static Finding old(String source, Duration age) {
        return new Finding(
                Rule.SIGNING_SECRET_OLD,
                new Place(source, 0, 0),
                "auth.signing_key_max_age_days",
                "the secret that signs tokens is " + age.toDays() + " days old",
                "rotate it with: gemproxy-cli token keys rotate",
                Optional.empty());
    }

    /** A path of the command line, relative to the working directory. */
    public Path resolve(Path path) {
        return workingDirectory.resolve(path);
    }

    /** Whether a file that was to be read is not there or may not be read. */
    public static boolean isUnreadable(ConfigResult result) {
        return result.findings().stream()
                .anyMatch(finding -> finding.rule() == Rule.NO_FILE && finding.key().isEmpty());
    }

    /** Whether no file was named and there is none in the usual places. */
    public boolean isMissing(ConfigSource source) {
        return source instanceof ConfigSource.Search && isUnreadable(asTool(source));
    }

    private ConfigRequest request(ConfigSource source) {
        return new ConfigRequest(source, List.of(), environment, workingDirectory);
    }
}
