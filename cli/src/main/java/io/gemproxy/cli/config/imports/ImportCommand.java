package io.gemproxy.cli.config.imports;

import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.installation.PrivateFile;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config import}: a configuration for people who come from another product. */
@Command(
        name = "import",
        description = "Makes a configuration from that of another product.",
        footer = {
            "",
            "Reads the .env of gemini-balance, the config.yaml of LiteLLM, or of GPT-Load exported keys,"
                    + " groups as JSON or the .env.",
            "Writes a commented file with mode 0600 and fresh secrets; one that is there is never"
                    + " overwritten. Keys are in the file alone. What has no counterpart is listed.",
            "Exit codes: 0 written, 1 nothing to carry over, 2 usage, 5 FILE cannot be read or the"
                    + " new one not written.",
            "",
            "Example: gemproxy-cli config import gemini-balance .env --out config/proxy.yaml"
        })
public final class ImportCommand implements Callable<Integer> {
    private static final int MOST_BYTES = 1 << 20;

    private final Installation installation;
    private final Printer printer;
    private final SecureRandom random;
    private final InputStream in;

    @Parameters(
            index = "0",
            paramLabel = "gpt-load|gemini-balance|litellm",
            converter = Product.Converter.class,
            completionCandidates = Product.Words.class,
            description = "Whose file it is.")
    private Product product = Product.LITELLM;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file, - for standard input.")
    private Path file = Path.of("-");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "config/proxy.yaml",
            description = "Where to write (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("config/proxy.yaml");

    public ImportCommand(
            Installation installation, Printer printer, SecureRandom random, InputStream in) {
        this.installation = installation;
        this.printer = printer;
        this.random = random;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        Imported imported = imported(text());
        String text =
                new ImportedText(imported)
                        .of(product, PrivateFile.secret(random), PrivateFile.secret(random));
        try {
            PrivateFile.write(installation.resolve(out), text);
        } catch (FileAlreadyExistsException there) {
            throw new CommandFailedException(
                    ExitCode.IO, out + " is there already and is never overwritten", there);
        }
        printer.print(() -> lines(imported), () -> json(imported));
        printer.say("Next:");
        printer.say("  gemproxy-cli validate " + out);
        printer.say("  gemproxy --config " + out);
        printer.say("  gemproxy-cli token issue --config " + out + " --subject me");
        return ExitCode.OK.number();
    }

    private String text() throws IOException {
        if (file.toString().equals("-")) {
            return decoded(in);
        }
        try (InputStream bytes = Files.newInputStream(installation.resolve(file))) {
            return decoded(bytes);
        } catch (NoSuchFileException missing) {
            throw new CommandFailedException(ExitCode.IO, file + " does not exist", missing);
        }
    }

    private String decoded(InputStream bytes) throws IOException {
        byte[] all = bytes.readNBytes(MOST_BYTES + 1);
        if (all.length > MOST_BYTES) {
            throw new CommandFailedException(ExitCode.IO, file + " is larger than 1 MiB");
        }
        String text = new String(all, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Imported imported(String text) {
        try {
            Imported imported = product.read(text);
            if (imported.isNothing()) {
                throw new CommandFailedException(
                        ExitCode.NO, file + " holds nothing that could be carried over");
            }
            return imported;
        } catch (NotOfThisProductException another) {
            throw new CommandFailedException(
                    ExitCode.NO,
                    file + " is no file of " + product.word() + ": " + another.getMessage(),
                    another);
        }
    }

    private List<String> lines(Imported imported) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Wrote "
                        + out
                        + " (0600) with "
                        + Humane.count(imported.keys().size(), "API key")
                        + " of "
                        + product.word());
        if (!imported.leftovers().isEmpty()) {
            lines.add("Not carried over:");
            imported.leftovers().forEach(it -> lines.add("  " + it.name() + ": " + it.why()));
        }
        return lines;
    }

    private Map<String, Object> json(Imported imported) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("config_file", out.toString());
        json.put("product", product.word());
        json.put("keys", imported.keys().stream().map(ImportedKey::id).toList());
        json.put("settings", List.copyOf(imported.settings().keySet()));
        json.put("secrets", List.of("auth.jwt_secret", "auth.admin_password"));
        json.put(
                "not_carried_over",
                imported.leftovers().stream().map(ImportCommand::json).toList());
        return json;
    }

    private static Map<String, Object> json(Imported.Leftover leftover) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", leftover.name());
        json.put("why", leftover.why());
        return json;
    }
}
