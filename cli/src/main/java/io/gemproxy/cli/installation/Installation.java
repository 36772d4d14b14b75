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
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.EffectiveConfig;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.config.Place;
import io.gemproxy.server.config.Purpose;
import io.gemproxy.server.config.Rule;
import io.gemproxy.server.config.Severity;
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
import java.util.stream.Collectors;

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

    /** Loads as the server would at its start. */
    public ConfigResult asServer(ConfigSource source) {
        return new ConfigLoader(clock).load(request(source), Purpose.SERVE);
    }

    /** Loads what a tool beside the server needs; pooled keys may be missing. */
    public ConfigResult asTool(ConfigSource source) {
        return new ConfigLoader(clock).load(request(source), Purpose.OPERATE);
    }

    /**
     * The configuration to look up a few settings of, whatever is wrong with others: secrets that
     * only the service may read, variables that only it has.
     *
     * @param settings the paths of those that are looked at; the others have no meaning
     * @throws CommandFailedException naming what is wrong with these
     */
    public GemproxyConfig lookUp(ConfigSource source, Set<String> settings) {
        return config(source, Purpose.lookUp(settings));
    }

    /**
     * The configuration to mint and judge tokens with.
     *
     * @throws CommandFailedException naming what is wrong with it
     */
    public GemproxyConfig forTokens(ConfigSource source) {
        return config(source, Purpose.TRUST);
    }

    private GemproxyConfig config(ConfigSource source, Purpose purpose) {
        return switch (new ConfigLoader(clock).load(request(source), purpose)) {
            case LoadedConfig loaded -> loaded.config();
            case InvalidConfig invalid -> throw refused(invalid, purpose);
        };
    }

    /**
     * What the configuration comes to; pooled keys may be missing.
     *
     * @param sets as of {@code --set}, each {@code path.to.key=value}
     * @throws CommandFailedException naming what is wrong with it
     */
    public EffectiveConfig effective(ConfigSource source, List<String> sets) {
        EffectiveConfig effective =
                new ConfigLoader(clock)
                        .effective(
                                new ConfigRequest(source, sets, environment, workingDirectory),
                                Purpose.OPERATE);
        return switch (effective.result()) {
            case LoadedConfig _ -> effective;
            case InvalidConfig invalid -> throw refused(invalid, Purpose.OPERATE);
        };
    }

    /**
     * What the admin port of this machine's server proves itself with; empty where that has no TLS,
     * or this user may not look.
     */
    public Optional<X509Certificate> adminCertificate(ConfigSource source) {
        Purpose purpose = Purpose.lookUp(Set.of("admin.tls.enabled"));
        return switch (new ConfigLoader(clock).load(request(source), purpose)) {
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
        return Trust.open(forTokens(source), random, clock);
    }

    /**
     * What mints tokens as the server would; with the configured secret where its state directory
     * may not be read.
     *
     * @throws CommandFailedException with that code if there is no secret to sign with
     */
    public TokenIssuer issuer(ConfigSource source, ExitCode without, String why) {
        Secret configured =
                forTokens(source)
                        .authentication()
                        .jwtSecret()
                        .orElseThrow(() -> new CommandFailedException(without, why));
        try {
            return trust(source).issuer();
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

    /**
     * Whether nothing stands in the way of signing tokens but secrets that this process cannot
     * read: their files are not its user's, or a variable that the service has is not set.
     */
    public boolean isSecretOutOfReach(ConfigSource source) {
        return new ConfigLoader(clock).load(request(source), Purpose.TRUST)
                        instanceof InvalidConfig invalid
                && errors(invalid, Purpose.TRUST).stream()
                        .allMatch(error ->
                                error.key().startsWith("auth.")
                                        && (error.rule() == Rule.UNSET_VARIABLE
                                                || error.rule() == Rule.NO_FILE));
    }

    /** What is wrong with the configuration for minting tokens; empty if nothing is. */
    public String wrongForTokens(ConfigSource source) {
        return new ConfigLoader(clock).load(request(source), Purpose.TRUST)
                        instanceof InvalidConfig invalid
                ? wrong(invalid, Purpose.TRUST)
                : "";
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

    private static CommandFailedException refused(InvalidConfig invalid, Purpose purpose) {
        return new CommandFailedException(
                isUnreadable(invalid) ? ExitCode.IO : ExitCode.NO, wrong(invalid, purpose));
    }

    private static String wrong(InvalidConfig invalid, Purpose purpose) {
        return "the configuration cannot be used\n"
                + ConfigText.lines(errors(invalid, purpose)).stream()
                        .collect(Collectors.joining("\n"));
    }

    private static List<Finding> errors(InvalidConfig invalid, Purpose purpose) {
        return invalid.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .filter(finding -> purpose.needs(finding.key()))
                .toList();
    }

    private ConfigRequest request(ConfigSource source) {
        return new ConfigRequest(source, List.of(), environment, workingDirectory);
    }
}
