package io.gemproxy.cli.installation;

import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigResult.InvalidConfig;
import io.gemproxy.server.config.ConfigResult.LoadedConfig;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.config.Judgement;
import io.gemproxy.server.config.Purpose;
import io.gemproxy.server.config.Rule;
import io.gemproxy.server.config.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One reading of the server's configuration, for all that a command wants of it. */
public final class LocalConfig {
    private final Judgement judgement;

    LocalConfig(Judgement judgement) {
        this.judgement = judgement;
    }

    /** What it comes to for a purpose. */
    public ConfigResult as(Purpose purpose) {
        return judgement.as(purpose);
    }

    /**
     * The configuration to look up a few settings of, whatever is wrong with others: secrets that
     * only the service may read, variables that only it has.
     *
     * @param settings the paths of those that are looked at; the others have no meaning
     * @throws CommandFailedException naming what is wrong with these
     */
    public GemproxyConfig lookUp(Set<String> settings) {
        return config(Purpose.lookUp(settings));
    }

    /**
     * The configuration to mint and judge tokens with.
     *
     * @throws CommandFailedException naming what is wrong with it
     */
    public GemproxyConfig forTokens() {
        return config(Purpose.TRUST);
    }

    private GemproxyConfig config(Purpose purpose) {
        return switch (as(purpose)) {
            case LoadedConfig loaded -> loaded.config();
            case InvalidConfig invalid -> throw refused(invalid, purpose);
        };
    }

    /**
     * Whether nothing stands in the way of signing tokens but secrets that this process cannot
     * read: their files are not its user's, or a variable that the service has is not set.
     */
    public boolean isSecretOutOfReach() {
        return as(Purpose.TRUST) instanceof InvalidConfig invalid
                && errors(invalid, Purpose.TRUST).stream()
                        .allMatch(error ->
                                error.key().startsWith("auth.")
                                        && (error.rule() == Rule.UNSET_VARIABLE
                                                || error.rule() == Rule.NO_FILE));
    }

    /** What is wrong with the configuration for minting tokens; empty if nothing is. */
    public String wrongForTokens() {
        return as(Purpose.TRUST) instanceof InvalidConfig invalid
                ? wrong(invalid, Purpose.TRUST)
                : "";
    }

    static CommandFailedException refused(InvalidConfig invalid, Purpose purpose) {
        return new CommandFailedException(
                Installation.isUnreadable(invalid) ? ExitCode.IO : ExitCode.NO,
                wrong(invalid, purpose));
    }

    private static String wrong(InvalidConfig invalid, Purpose purpose) {
        return "the configuration cannot be used\n"
                + ConfigText.lines(errors(invalid, purpose)).stream()
                        .collect(Collectors.joining("\n"));
    }

    /** The errors that stand in the way of a purpose. */
    public static List<Finding> errors(ConfigResult result, Purpose purpose) {
        return result.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .filter(finding -> purpose.needs(finding.key()))
                .toList();
    }
}
