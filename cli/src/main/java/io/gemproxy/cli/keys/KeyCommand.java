package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A question about one key whose answer is the key. */
public abstract class KeyCommand implements Callable<Integer> {
    private final Question question;
    private final Printer printer;
    private final InstantSource clock;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "KEY-ID", description = "The key's id in the configuration.")
    private String id = "";

    /** What to ask the server. */
    @FunctionalInterface
    interface Question {
        /** Asks about the key with that id. */
        JsonNode ask(AdminOption where, String id) throws IOException;
    }

    KeyCommand(Question question, Printer printer, InstantSource clock) {
        this.question = question;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public final Integer call() throws IOException {
        JsonNode key = question.ask(admin, id);
        printer.print(() -> new KeyText(new Moments(clock)).lines(key), () -> key);
        return ExitCode.OK.number();
    }
}
