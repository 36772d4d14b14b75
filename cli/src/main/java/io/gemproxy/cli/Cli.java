package io.gemproxy.cli;

import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.OutputFormat;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The composition root: arguments in, exit code out. */
final class Cli {
    private static final Pattern LONG_ARGUMENT = Pattern.compile("[^'\\s]{40,}");

    /** In arguments that stand one a line; picocli may have stopped in front of it. */
    private static final Pattern ASKS_FOR_JSON =
            Pattern.compile("(?im)^(?:-o=?|--output=|(?:-o|--output)\n)json$");

    private final Progress progress;
    private final Printer printer;
    private final RootCommand root;
    private final Surroundings surroundings;
    private final CommandFactory factory;

    Cli(Surroundings surroundings) {
        this.surroundings = surroundings;
        progress = new Progress(surroundings.terminal(), surroundings.pulse());
        printer = new Printer(surroundings.terminal(), progress);
        root = new RootCommand(printer);
        factory = new CommandFactory(surroundings, printer, progress);
    }

    /** Runs one command; never throws. */
    int run(String... arguments) {
        String[] asked = helped(arguments);
        return commands(asked).execute(asked);
    }

    /** Leaves the terminal as it was found, whatever runs. */
    void tidy() {
        progress.end();
    }

    /** Tells that what a command printed has not arrived, as on a full disk. */
    int unwritten() {
        return end(ExitCode.IO, "standard output cannot be written");
    }

    /** The tree of the commands these arguments may mean; without any, of all. */
    CommandLine commands(String... arguments) {
        CommandLine commands = new CommandLine(root, factory);
        Nouns.meantBy(arguments).forEach(noun -> commands.addSubcommand(noun));
        return commands.setOut(
                        new PrintWriter(
                                surroundings.terminal().out(), true, StandardCharsets.UTF_8))
                .setErr(
                        new PrintWriter(
                                surroundings.terminal().err(), true, StandardCharsets.UTF_8))
                .setColorScheme(
                        Help.defaultColorScheme(
                                surroundings.terminal().colour() ? Help.Ansi.ON : Help.Ansi.OFF))
                .registerConverter(int.class, number(Integer::valueOf, "whole number"))
                .registerConverter(Integer.class, number(Integer::valueOf, "whole number"))
                .registerConverter(Long.class, number(Long::valueOf, "whole number"))
                .registerConverter(BigDecimal.class, number(BigDecimal::new, "amount like 9.50"))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(this::misused)
                .setExecutionExceptionHandler(this::failed);
    }

    /** {@code help token issue} means {@code token issue --help}. */
    private static String[] helped(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("help")) {
            return arguments;
        }
        String[] asked = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
        asked[asked.length - 1] = "--help";
        return asked;
    }

    private static <T> ITypeConverter<T> number(Function<String, T> parse, String form) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (NumberFormatException none) {
                throw new TypeConversionException("'" + text + "' is no " + form);
            }
        };
    }

    private int misused(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        // a token pasted in the wrong place is not repeated
        String message = LONG_ARGUMENT.matcher(misuse.getMessage()).replaceAll("…");
        if (ASKS_FOR_JSON.matcher(String.join("\n", arguments)).find()) {
            printer.use(OutputFormat.JSON);
        }
        printer.fail(ExitCode.USAGE, message);
        UnmatchedArgumentException.printSuggestions(misuse, command.getErr());
        String name = command.getCommandSpec().qualifiedName();
        printer.say("See: " + name + " --help");
        return ExitCode.USAGE.number();
    }

    private int failed(Exception failure, CommandLine command, ParseResult parsed) {
        if (root.isVerbose()) {
            failure.printStackTrace(command.getErr());
        }
        return switch (failure) {
            case CommandFailedException told ->
                    end(told.exitCode(), String.valueOf(told.getMessage()));
            case IOException io -> end(ExitCode.IO, message(io));
            case UncheckedIOException io ->
                    end(ExitCode.IO, message(Objects.requireNonNull(io.getCause())));
            case InterruptedException _ -> {
                Thread.currentThread().interrupt();
                yield ExitCode.OK.number();
            }
            default ->
                    end(
                            ExitCode.INTERNAL,
                            "internal error, please report it: "
                                    + failure.getClass().getSimpleName()
                                    + (root.isVerbose() ? "" : " (--verbose shows where)"));
        };
    }

    private int end(ExitCode code, String message) {
        printer.fail(code, message);
        return code.number();
    }

    private static String message(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " is not there";
            case AccessDeniedException denied ->
                    denied.getFile() + " may not be read or written by this user";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
