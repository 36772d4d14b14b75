package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A question about one key whose answer is the key. */
public abstract class KeyCommand extends AskingCommand {
    private final Question question;
    private final InstantSource clock;

    @Parameters(paramLabel = "KEY-ID", description = "The key's id in the configuration.")
    private String id = "";

    /** What to ask the server. */
    @FunctionalInterface
    interface Question {
        /** Asks about the key with that id. */
        JsonNode ask(AdminOption where, String id) throws IOException;
    }

    KeyCommand(Question question, Printer printer, InstantSource clock) {
        super(printer);
        this.question = question;
        this.clock = clock;
    }

    @Override
    protected final JsonNode ask(AdminOption where) throws IOException {
        return question.ask(where, id);
    }

    @Override
    protected final List<String> text(JsonNode key) {
        return new KeyText(new Moments(clock)).lines(key);
    }
}
