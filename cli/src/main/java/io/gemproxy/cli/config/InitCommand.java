package io.gemproxy.cli.config;

import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code init}: a configuration to begin with. */
@Command(
        name = "init",
        description = "Writes a commented configuration with fresh secrets.",
        footer = {
            "",
            "Writes DIR/proxy.yaml with mode 0600; one that is there is never overwritten. The secrets"
                    + " are in the file alone.",
            "Exit codes: 0 written, 5 it is there already or cannot be written.",
            "",
            "Example: gemproxy-cli init --dir config"
        })
public final class InitCommand implements Callable<Integer> {
    private static final String NAME = "proxy.yaml";

    private final Installation installation;
    private final Printer printer;
    private final SecureRandom random;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "config",
            description = "Where to write (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("config");

    @Option(
            names = "--service",
            description =
                    "For an installed service: port 443, paths below /var and /run, the admin API"
                            + " on a Unix socket.")
    private boolean service;

    public InitCommand(Installation installation, Printer printer, SecureRandom random) {
        this.installation = installation;
        this.printer = printer;
        this.random = random;
    }

    @Override
    public Integer call() throws IOException {
        Path file = directory.resolve(NAME);
        try {
            FirstConfig config =
                    service ? FirstConfig.forService(random) : FirstConfig.make(random);
            config.write(installation.resolve(file));
        } catch (FileAlreadyExistsException there) {
            throw new CommandFailedException(
                    ExitCode.IO, file + " is there already and is never overwritten", there);
        }
        printer.print(() -> List.of("Wrote " + file + " (0600)"), () -> json(file));
        printer.say("Next:");
        (service ? nextOfService(file) : next(file)).forEach(printer::say);
        return ExitCode.OK.number();
    }

    private static List<String> next(Path file) {
        return List.of(
                "  export GEMINI_API_KEY=…   a key of https://aistudio.google.com/apikey",
                "  gemproxy-cli validate " + file,
                "  gemproxy --config " + file,
                "  gemproxy-cli token issue --config " + file + " --subject me");
    }

    private static List<String> nextOfService(Path file) {
        return List.of(
                "  chown root:gemproxy " + file + " && chmod 0640 " + file,
                "  put your Gemini keys into it: https://aistudio.google.com/apikey",
                "  gemproxy-cli validate " + file,
                "  systemctl restart gemproxy");
    }

    private static Map<String, Object> json(Path file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("config_file", file.toString());
        json.put("secrets", List.of("auth.jwt_secret", "auth.admin_password"));
        return json;
    }
}
