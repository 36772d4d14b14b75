package io.gemproxy.cli.config;

import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Paint;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.Severity;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code validate}: what the server would say to a configuration, without starting it. */
@Command(
        name = "validate",
        description = "Checks a configuration as the server would, and judges its security.",
        footer = {
            "",
            "Every problem is shown with its place and a fix. Nothing is bound, dialled or written.",
            "Exit codes: 0 valid, 1 invalid (with --strict also on warnings), 5 cannot be read.",
            "",
            "Example: gemproxy-cli validate config/proxy.yaml --strict",
            "         ssh host cat /etc/gemproxy/proxy.yaml | gemproxy-cli validate -"
        })
public final class ValidateCommand implements Callable<Integer> {
    private final Installation installation;
    private final Printer printer;
    private final InputStream in;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The file, - for standard input; else $GEMPROXY_CONFIG, ./config/proxy.yaml,"
                            + " /etc/gemproxy/proxy.yaml.")
    private @Nullable Path file;

    @Option(names = "--strict", description = "Fails on warnings too.")
    private boolean strict;

    public ValidateCommand(Installation installation, Printer printer, InputStream in) {
        this.installation = installation;
        this.printer = printer;
        this.in = in;
    }

    @Override
    public Integer call() {
        ConfigResult result = withAge(installation.asServer(source()));
        boolean valid = isValid(result);
        printer.print(() -> text(result, valid), () -> json(result, valid));
        if (Installation.isUnreadable(result)) {
            return ExitCode.IO.number();
        }
        return (valid ? ExitCode.OK : ExitCode.NO).number();
    }

    /** What only the state directory knows: how old the secret is that signs tokens. */
    private ConfigResult withAge(ConfigResult result) {
        return switch (result) {
            case ConfigResult.InvalidConfig invalid -> invalid;
            case ConfigResult.LoadedConfig loaded -> {
                List<Finding> findings = new ArrayList<>(loaded.findings());
                installation.signingSecretFinding(loaded).ifPresent(findings::add);
                yield new ConfigResult.LoadedConfig(
                        loaded.config(), List.copyOf(findings), loaded.source());
            }
        };
    }

    private ConfigSource source() {
        return file != null && file.toString().equals("-")
                ? new ConfigSource.Given("<stdin>", in)
                : ConfigSource.named(Optional.ofNullable(file));
    }

    private boolean isValid(ConfigResult result) {
        boolean loads =
                switch (result) {
                    case ConfigResult.LoadedConfig _ -> true;
                    case ConfigResult.InvalidConfig _ -> false;
                };
        return loads && !(strict && count(result, Severity.WARNING) > 0);
    }

    private List<String> text(ConfigResult result, boolean valid) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : result.findings()) {
            ConfigText.lines(finding).stream()
                    .map(line -> painted(line, finding.severity()))
                    .forEach(lines::add);
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
        String verdict =
                valid ? printer.paint(Paint.GREEN, "valid") : printer.paint(Paint.RED, "invalid");
        lines.add(result.source() + ": " + verdict + ", " + counts(result) + score(result));
        return lines;
    }

    private String painted(String line, Severity severity) {
        String word = severity.word();
        return switch (severity) {
            case ERROR -> line.replaceFirst(": error: ", ": " + paint(Paint.RED, word) + ": ");
            case WARNING ->
                    line.replaceFirst(": warning: ", ": " + paint(Paint.YELLOW, word) + ": ");
            case NOTICE -> line;
        };
    }

    private String paint(Paint paint, String word) {
        return printer.paint(paint, word);
    }

    private static String counts(ConfigResult result) {
        return Humane.count(count(result, Severity.ERROR), "error")
                + ", "
                + Humane.count(count(result, Severity.WARNING), "warning");
    }

    private static String score(ConfigResult result) {
        if (Installation.isUnreadable(result)) {
            return "";
        }
        return ConfigText.isJudged(result.findings())
                ? ", security score " + ConfigText.score(result.findings()) + "/100"
                : "; the rest can be judged once this is mended";
    }

    private Map<String, Object> json(ConfigResult result, boolean valid) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", result.source());
        json.put("valid", valid);
        json.put("strict", strict);
        json.put("errors", count(result, Severity.ERROR));
        json.put("warnings", count(result, Severity.WARNING));
        json.put("notices", count(result, Severity.NOTICE));
        json.put(
                "security_score",
                ConfigText.isJudged(result.findings())
                        ? ConfigText.score(result.findings())
                        : null);
        json.put("findings", result.findings().stream().map(ConfigText::fields).toList());
        return json;
    }

    private static long count(ConfigResult result, Severity severity) {
        return result.findings().stream().filter(finding -> finding.severity() == severity).count();
    }
}
