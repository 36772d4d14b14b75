package io.gemproxy.cli.man;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of one command, in the man macros of troff (man(7)). */
final class ManPage {
    private static final String EXAMPLE = "Example: ";
    private static final String EXIT_CODES = "Exit codes: ";

    private final CommandSpec command;
    private final List<String> lines = new ArrayList<>();

    ManPage(CommandSpec command) {
        this.command = command;
    }

    /** {@code gemproxy-cli-token-issue}. */
    String name() {
        return command.qualifiedName("-");
    }

    String text() {
        lines.clear();
        String program = command.root().name();
        lines.add(
                ".TH "
                        + quoted(name().toUpperCase(Locale.ROOT))
                        + " 1 \"\" "
                        + quoted(command.root().version()[0])
                        + " "
                        + quoted("Manual of " + program));
        lines.add(".nh");
        lines.add(".ad l");
        section("NAME");
        lines.add(Troff.text(name()) + " \\- " + Troff.text(summary(command)));
        section("SYNOPSIS");
        lines.add(Troff.text(synopsis()));
        section("DESCRIPTION");
        lines.add(Troff.text(String.join(" ", command.usageMessage().description())));
        List<String> footer = footer();
        verbatim(footer.stream().filter(ManPage::isTalk).toList());
        arguments();
        subcommands();
        exitCodes(footer);
        examples(footer);
        related(program);
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private String synopsis() {
        Help help = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF));
        return help.synopsis(0).strip().replaceAll("\\s+", " ");
    }

    private void arguments() {
        List<PositionalParamSpec> parameters =
                command.positionalParameters().stream().filter(it -> !it.hidden()).toList();
        if (!parameters.isEmpty()) {
            section("ARGUMENTS");
            parameters.forEach(it -> item(it.paramLabel(), it.description()));
        }
        section("OPTIONS");
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
                item(String.join(", ", option.names()) + value, option.description());
            }
        }
    }

    private void subcommands() {
        List<CommandSpec> shown = shown(command);
        if (!shown.isEmpty()) {
            section("COMMANDS");
            for (CommandSpec sub : shown) {
                item(sub.name(), new String[] {summary(sub) + "; see " + reference(sub)});
            }
        }
    }

    private void exitCodes(List<String> footer) {
        footer.stream()
                .filter(line -> line.startsWith(EXIT_CODES))
                .forEach(line -> {
                    section("EXIT STATUS");
                    lines.add(Troff.text(line.substring(EXIT_CODES.length())));
                });
    }

    private void examples(List<String> footer) {
        int first = (int) footer.stream().takeWhile(line -> !line.startsWith(EXAMPLE)).count();
        if (first < footer.size()) {
            section("EXAMPLES");
            verbatim(
                    footer.subList(first, footer.size()).stream()
                            .map(line -> line.substring(Math.min(EXAMPLE.length(), line.length())))
                            .toList());
        }
    }

    private void related(String program) {
        section("ENVIRONMENT");
        item("NO_COLOR", new String[] {"If it is not empty, " + program + " uses no colours."});
        StringJoiner pages = new StringJoiner(", ");
        for (CommandSpec above = command.parent(); above != null; above = above.parent()) {
            pages.add(reference(above));
        }
        if (pages.length() > 0) {
            section("SEE ALSO");
            lines.add(Troff.text(pages.toString()));
        }
    }

    private List<String> footer() {
        return Arrays.asList(command.usageMessage().footer());
    }

    /** What is neither the list of exit codes nor an example. */
    private static boolean isTalk(String line) {
        return !line.isBlank()
                && !line.startsWith(EXIT_CODES)
                && !line.startsWith(EXAMPLE)
                && !line.startsWith(" ".repeat(EXAMPLE.length()) + "gemproxy-cli ");
    }

    private static List<CommandSpec> shown(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(sub -> !sub.usageMessage().hidden())
                .toList();
    }

    private static String reference(CommandSpec command) {
        return command.qualifiedName("-") + "(1)";
    }

    private static String summary(CommandSpec command) {
        String first = String.join(" ", command.usageMessage().description());
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private void section(String title) {
        lines.add(".SH " + title);
    }

    private void item(String term, String[] description) {
        lines.add(".TP");
        lines.add("\\fB" + Troff.text(term) + "\\fR");
        lines.add(Troff.text(String.join(" ", description)));
    }

    private void verbatim(List<String> text) {
        if (!text.isEmpty()) {
            lines.add(".PP");
            lines.add(".nf");
            text.forEach(line -> lines.add(Troff.text(line)));
            lines.add(".fi");
        }
    }

    private static String quoted(String text) {
        return '"' + Troff.text(text).replace("\"", "\\(dq") + '"';
    }
}
