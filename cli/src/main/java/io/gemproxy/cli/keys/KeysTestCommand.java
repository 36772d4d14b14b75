package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.Progress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys test}: what Google says about a key, or about all. */
@Command(
        name = "test",
        description = "Asks Google about a key, through the server, and tells the server's pool.",
        footer = {
            "",
            "Asks models.list and countTokens, which cost no quota; --generate also asks for one token.",
            "Exit codes: 0 it works, 1 it does not, or there is no such key, 3 server not reachable,"
                    + " 4 not authorised.",
            "",
            "Example: gemproxy-cli keys test primary",
            "         gemproxy-cli keys test --all"
        })
public final class KeysTestCommand implements Callable<Integer> {
    private final KeyVerbs keys;
    private final Printer printer;
    private final KeyTestText text;
    private final Progress progress;

    @Mixin private AdminOption admin = new AdminOption();

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** One or all. */
    static final class Which {
        @Parameters(paramLabel = "KEY-ID", description = "The key's id in the configuration.")
        private String id = "";

        @Option(names = "--all", description = "Each key of the pool, one after the other.")
        private boolean all;
    }

    @Option(
            names = "--generate",
            description = "Also generates one token, which costs a request of the day.")
    private boolean generate;

    public KeysTestCommand(KeyVerbs keys, Printer printer, InstantSource clock, Progress progress) {
        this.keys = keys;
        this.printer = printer;
        this.text = new KeyTestText(printer, clock);
        this.progress = progress;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode answer = which.all ? all() : keys.test(admin, which.id, generate);
        printer.print(
                () -> which.all ? text.all(answer.path("tests")) : text.one(which.id, answer),
                () -> answer);
        return (answer.path("works").asBoolean() ? ExitCode.OK : ExitCode.NO).number();
    }

    private JsonNode all() throws IOException {
        JsonNode pool = keys.list(admin).path("keys");
        ArrayNode tests = JsonNodeFactory.instance.arrayNode();
        boolean works = true;
        try (Progress.Step step = progress.begin("Testing keys")) {
            for (JsonNode key : pool) {
                String id = key.path("id").asText();
                step.at(tests.size() + 1 + " of " + pool.size() + ": " + id);
                JsonNode test = tested(id);
                works &= test.path("works").asBoolean();
                tests.add(test);
            }
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("works", works);
        answer.set("tests", tests);
        return answer;
    }

    /** A key that the server will not ask about now leaves the others to be asked about. */
    private JsonNode tested(String id) throws IOException {
        try {
            return keys.test(admin, id, generate);
        } catch (CommandFailedException refused) {
            if (refused.exitCode() != ExitCode.NO) {
                throw refused;
            }
            ObjectNode test = JsonNodeFactory.instance.objectNode();
            test.put("key_id", id).put("works", false).put("error", refused.getMessage());
            test.putArray("steps");
            return test;
        }
    }
}
