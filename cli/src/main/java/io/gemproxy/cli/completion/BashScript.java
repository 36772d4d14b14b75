package io.gemproxy.cli.completion;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** A completion script for bash, and for zsh, which reads it as bash would. */
final class BashScript {
    private static final Pattern CHOICES =
            Pattern.compile("(?<=_(?:option|pos_param)_args=\\()[^)]*(?=\\))");

    private BashScript() {}

    /** Choices are written small, as the help has them; any case is understood. */
    static String of(CommandSpec root) {
        String script = AutoComplete.bash(root.name(), root.commandLine());
        return CHOICES.matcher(script)
                .replaceAll(choices -> choices.group().toLowerCase(Locale.ROOT));
    }
}
