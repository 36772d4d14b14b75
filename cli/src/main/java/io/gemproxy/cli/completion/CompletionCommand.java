package io.gemproxy.cli.completion;

import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: what a shell must read to complete this program's commands. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in a shell.",
        footer = {
            "",
            "For good: bash  gemproxy-cli completion bash >"
                    + " ~/.local/share/bash-completion/completions/gemproxy-cli",
            "          zsh   source <(gemproxy-cli completion zsh)   in ~/.zshrc",
            "          fish  gemproxy-cli completion fish > ~/.config/fish/completions/gemproxy-cli.fish",
            "Exit codes: 0 printed, 2 usage.",
            "",
            "Example: gemproxy-cli completion bash > gemproxy-cli.bash"
        })
public final class CompletionCommand implements Callable<Integer> {
    private final Printer printer;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "bash|zsh|fish", description = "Which shell reads it.")
    private Shell shell = Shell.BASH;

    public CompletionCommand(Printer printer) {
        this.printer = printer;
    }

    @Override
    public Integer call() {
        String script =
                switch (shell) {
                    case BASH, ZSH -> BashScript.of(spec.root());
                    case FISH -> new FishScript(spec.root()).text();
                };
        printer.print(() -> script.lines().toList(), () -> json(script));
        return ExitCode.OK.number();
    }

    private Map<String, Object> json(String script) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shell", shell.name().toLowerCase(Locale.ROOT));
        json.put("script", script);
        return json;
    }
}
