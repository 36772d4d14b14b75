package io.gemproxy.cli.man;

import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code man-pages}: for the build of the package, and so hidden. */
@Command(
        name = "man-pages",
        hidden = true,
        description = "Writes a manual page for each command.",
        footer = {
            "",
            "Exit codes: 0 written, 5 a file cannot be written.",
            "",
            "Example: gemproxy-cli man-pages --out man1"
        })
public final class ManPagesCommand implements Callable<Integer> {
    private final Installation installation;
    private final Printer printer;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where to write; it is made if need be.")
    private Path out = Path.of("");

    public ManPagesCommand(Installation installation, Printer printer) {
        this.installation = installation;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createDirectories(installation.resolve(out));
        List<String> written = new ArrayList<>();
        for (CommandSpec command : withSubcommands(spec.root())) {
            ManPage page = new ManPage(command);
            String name = page.name() + ".1";
            Files.writeString(directory.resolve(name), page.text(), StandardCharsets.US_ASCII);
            written.add(name);
        }
        printer.print(
                () -> List.of("Wrote " + Humane.count(written.size(), "page") + " to " + out),
                () -> Map.of("pages", written));
        return ExitCode.OK.number();
    }

    private static List<CommandSpec> withSubcommands(CommandSpec command) {
        List<CommandSpec> all = new ArrayList<>();
        all.add(command);
        for (CommandLine sub : command.subcommands().values()) {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                all.addAll(withSubcommands(sub.getCommandSpec()));
            }
        }
        return all;
    }
}
