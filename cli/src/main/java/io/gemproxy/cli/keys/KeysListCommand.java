package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code keys list}: the pool as the running server sees it. */
@Command(
        name = "list",
        description = "Lists the pooled keys by id: what is wrong with them and what to do.",
        footer = {
            "",
            "Exit codes: 0 listed, 1 the server says no, 3 it is not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli keys list --output json"
        })
public final class KeysListCommand extends AskingCommand {
    private final KeyVerbs keys;
    private final InstantSource clock;

    public KeysListCommand(KeyVerbs keys, Printer printer, InstantSource clock) {
        super(printer);
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return keys.list(where);
    }

    @Override
    protected List<String> text(JsonNode pool) {
        return new PoolText(new Moments(clock)).lines(pool.path("keys"));
    }
}
