package io.gemproxy.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks the admin API one thing and shows the answer; programs get it as it came. */
public abstract class AskingCommand implements Callable<Integer> {
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    protected AskingCommand(Printer printer) {
        this.printer = printer;
    }

    /**
     * Asks it.
     *
     * @throws IOException if a file that says how to ask cannot be read
     */
    protected abstract JsonNode ask(AdminOption where) throws IOException;

    /** The answer as people read it. */
    protected abstract List<String> text(JsonNode answer);

    /** What the answer tells a script; without more, that there is one. */
    protected ExitCode verdict(JsonNode answer) {
        return ExitCode.OK;
    }

    @Override
    public final Integer call() throws IOException {
        JsonNode answer = ask(admin);
        printer.print(() -> text(answer), () -> answer);
        return verdict(answer).number();
    }
}
