package io.gemproxy.cli.completion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A completion script for fish (3.0 and later), made from the commands themselves. */
final class FishScript {
    private static final String CONDITION =
            """
            function __gemproxy_cli_at -d 'Whether the words so far name this command'
                set -l words (commandline -opc)
                set -e words[1]
                set -l found
                for word in $words
                    set -l next (string join ' ' -- $found $word)
                    if contains -- $next $__gemproxy_cli_commands
                        set found $next
                    end
                end
                test "$found" = "$argv"
            end
            """;

    private final CommandSpec root;
    private final List<String> paths = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();

    FishScript(CommandSpec root) {
        this.root = root;
    }

    String text() {
        rules.add("complete -c " + root.name() + " -f");
        command(root, "");
        StringJoiner script = new StringJoiner("\n", "", "\n");
        script.add("# Completes " + root.name() + " in fish.");
        script.add(
                "set -g __gemproxy_cli_commands "
                        + paths.stream().map(FishScript::quoted).collect(Collectors.joining(" ")));
        script.add("");
        script.add(CONDITION);
        rules.forEach(script::add);
        return script.toString();
    }

    private void command(CommandSpec command, String path) {
        command.subcommands()
                .forEach((name, sub) -> {
                    String summary = first(sub.getCommandSpec().usageMessage().description());
                    rule(path, "-a " + quoted(name), summary);
                });
        command.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> rule(path, flags(option), first(option.description())));
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            String values = values(parameter);
            if (!values.isEmpty()) {
                rule(path, values, null);
            }
        }
        for (CommandLine sub : shown(command)) {
            String longer = (path + " " + sub.getCommandName()).strip();
            paths.add(longer);
            command(sub.getCommandSpec(), longer);
        }
    }

    private static List<CommandLine> shown(CommandSpec command) {
        return command.subcommands().values().stream()
                .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    private void rule(String path, String what, @Nullable String summary) {
        rules.add(
                "complete -c "
                        + root.name()
                        + " -n "
                        + quoted(("__gemproxy_cli_at " + path).strip())
                        + " "
                        + what
                        + (summary == null ? "" : " -d " + quoted(summary)));
    }

    private static String flags(OptionSpec option) {
        StringJoiner flags = new StringJoiner(" ");
        for (String name : option.names()) {
            flags.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.charAt(1));
        }
        if (option.arity().max() > 0) {
            String values = values(option);
            flags.add((values.equals("-F") ? "-r " : "-x ") + values);
        }
        return flags.toString().strip();
    }

    /** What may stand for the argument: files, or one of some words; empty if anything may. */
    private static String values(ArgSpec argument) {
        if (argument.auxiliaryTypes()[0] == Path.class) {
            return "-F";
        }
        if (argument.completionCandidates() == null) {
            return "";
        }
        String words =
                StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" "));
        return words.isEmpty() ? "" : "-a " + quoted(words);
    }

    /** The first clause of a description. */
    private static String first(String[] description) {
        String whole = description.length == 0 ? "" : description[0];
        return whole.split("[;:(]|\\. |\\.$", 2)[0].strip();
    }

    /** In fish only the quote itself and the backslash are special between single quotes. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
