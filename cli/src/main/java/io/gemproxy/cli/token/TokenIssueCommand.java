package io.gemproxy.cli.token;

import io.gemproxy.cli.installation.ConfigOption;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.installation.LocalConfig;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.gemini.OperationGroup;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token issue}: mints a token with the server's own secret. */
@Command(
        name = "issue",
        description = "Mints a token and prints it alone.",
        footer = {
            "",
            "It is signed with the secret that signs now (token keys list), else auth.jwt_secret or"
                    + " JWT_SECRET. Where this user cannot read that, the running server signs, if its"
                    + " Unix socket (admin.socket) is open to this user. The token is not kept.",
            "Exit codes: 0 issued, 1 the configuration cannot be used, 2 usage, 5 it cannot be read.",
            "",
            "Example: gemproxy-cli token issue --subject ci --ttl 12h --models 'gemini-2.5-*' --rpm 120"
        })
public final class TokenIssueCommand implements Callable<Integer> {
    /** What the server takes: whole numbers that every JSON reader keeps, and a billion dollars. */
    private static final long HIGHEST_COUNT = 1L << 53;

    private static final String LONGEST = "auth.token_max_lifetime_days";

    private static final BigDecimal HIGHEST_COST = BigDecimal.valueOf(1_000_000_000);

    private final TokenMint mint;
    private final Installation installation;
    private final Printer printer;
    private final InstantSource clock;

    @Mixin private ConfigOption config = new ConfigOption();

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            required = true,
            description = "The client's name.")
    private String subject = "";

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "30d",
            converter = Lifetime.class,
            description = "How long it lives: 30d, 12h, 90m, 45s (default: ${DEFAULT-VALUE}).")
    private Duration lifetime = Duration.ofDays(30);

    @Option(
            names = "--models",
            paramLabel = "GLOB",
            split = ",",
            description = "Only these models; may be repeated.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--operations",
            paramLabel = "WORD",
            split = ",",
            description =
                    "Only these: generate, embed, files, caches, batches, live; may be repeated.")
    private List<String> operations = new ArrayList<>();

    @Option(names = "--rpm", paramLabel = "N", description = "Requests per minute.")
    private @Nullable Integer requestsPerMinute;

    @Option(names = "--tpm", paramLabel = "N", description = "Tokens per minute.")
    private @Nullable Long tokensPerMinute;

    @Option(names = "--rpd", paramLabel = "N", description = "Requests per day of UTC.")
    private @Nullable Long requestsPerDay;

    @Option(names = "--daily-tokens", paramLabel = "N", description = "Tokens per day of UTC.")
    private @Nullable Long dailyTokens;

    @Option(names = "--daily-cost", paramLabel = "USD", description = "US dollars per day of UTC.")
    private @Nullable BigDecimal dailyCost;

    @Option(
            names = "--role",
            defaultValue = "client",
            description = "client or admin (default: ${DEFAULT-VALUE}).")
    private Role role = Role.CLIENT;

    public TokenIssueCommand(
            TokenMint mint, Installation installation, Printer printer, InstantSource clock) {
        this.mint = mint;
        this.installation = installation;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        checkLimits();
        LocalConfig local = installation.read(config.source());
        Duration longest = local.lookUp(Set.of(LONGEST)).issuing().maxLifetime();
        if (lifetime.compareTo(longest) > 0) {
            throw usage(
                    "--ttl is above auth.token_max_lifetime_days, which is " + longest.toDays());
        }
        IssuedToken issued = issue(local);
        printer.print(() -> List.of(issued.token()), () -> json(issued));
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        printer.say(
                "Issued for "
                        + subject
                        + "; expires "
                        + Humane.time(issued.expiry())
                        + " ("
                        + Humane.distance(now, issued.expiry())
                        + ")."
                        + " It is not kept and cannot be shown again."
                        + (issued.byServer() ? " The running server signed it." : ""));
        return ExitCode.OK.number();
    }

    private void checkLimits() {
        positive("--rpm", requestsPerMinute);
        positive("--tpm", tokensPerMinute);
        positive("--rpd", requestsPerDay);
        positive("--daily-tokens", dailyTokens);
        if (dailyCost != null
                && (dailyCost.signum() < 0 || dailyCost.compareTo(HIGHEST_COST) > 0)) {
            throw usage("--daily-cost is an amount of US dollars from 0 to 1000000000, like 9.50");
        }
    }

    private static void positive(String option, @Nullable Number limit) {
        if (limit != null && (limit.longValue() < 1 || limit.longValue() > HIGHEST_COUNT)) {
            throw usage(
                    option
                            + " is a whole number from 1 to "
                            + HIGHEST_COUNT
                            + "; leave it out for no limit");
        }
    }

    /** The limits are checked before, so what is refused here is a name. */
    private IssuedToken issue(LocalConfig local) {
        try {
            return mint.issue(local, grant());
        } catch (IllegalArgumentException refused) {
            throw usage(
                    lifetime.toSeconds() < 1
                            ? "--ttl is at least a second"
                            : "--subject is a name of up to 128 letters, digits, inner spaces and"
                                    + " ._-@:+/=|~#(); --models takes up to 100 names with * and"
                                    + " without spaces");
        }
    }

    private static CommandFailedException usage(String message) {
        return new CommandFailedException(ExitCode.USAGE, message);
    }

    private TokenGrant grant() {
        return new TokenGrant(
                subject,
                lifetime,
                role,
                List.copyOf(models),
                requestsPerMinute == null ? OptionalInt.empty() : OptionalInt.of(requestsPerMinute),
                optional(tokensPerMinute),
                optional(requestsPerDay),
                optional(dailyTokens),
                Optional.ofNullable(dailyCost),
                groups());
    }

    private Set<OperationGroup> groups() {
        Set<OperationGroup> groups = EnumSet.noneOf(OperationGroup.class);
        for (String word : operations) {
            groups.add(
                    OperationGroup.of(word)
                            .orElseThrow(() ->
                                    usage(
                                            "--operations are generate, embed, files, caches,"
                                                    + " batches and live")));
        }
        return groups;
    }

    private static OptionalLong optional(@Nullable Long limit) {
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    private Map<String, Object> json(IssuedToken issued) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token", issued.token());
        json.put("subject", subject);
        json.put("role", role.name().toLowerCase(Locale.ROOT));
        json.put("expires_at", issued.expiry().toString());
        return json;
    }
}
