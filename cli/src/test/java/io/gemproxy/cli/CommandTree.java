package io.gemproxy.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The commands as the program knows them, without those that are hidden. */
final class CommandTree {
    private CommandTree() {}

    /** Every command that does something, as {@code noun verb}, in the order of the help. */
    static List<String> leaves() {
        return all().stream()
                .filter(command -> command.getSubcommands().isEmpty())
                .map(CommandTree::words)
                .toList();
    }

    /** Every command, nouns and the program itself included. */
    static List<CommandLine> all() {
        List<CommandLine> all = new ArrayList<>();
        add(new CliRun(Path.of("")).commands(), all);
        return all;
    }

    /** Without the program's name: {@code keys list}, or nothing. */
    static String words(CommandLine command) {
        return command.getCommandSpec().qualifiedName().substring("gemproxy-cli".length()).strip();
    }

    private static void add(CommandLine command, List<CommandLine> all) {
        all.add(command);
        command.getSubcommands().values().stream()
                .filter(it -> !it.getCommandSpec().usageMessage().hidden())
                .forEach(it -> add(it, all));
    }
}
