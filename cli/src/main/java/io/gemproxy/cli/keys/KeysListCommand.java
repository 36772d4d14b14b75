package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class KeysListCommand implements Callable<Integer> {
    private final KeyVerbs keys;
    private final Printer printer;
    private final InstantSource clock;

    @Mixin private AdminOption admin = new AdminOption();

    public KeysListCommand(KeyVerbs keys, Printer printer, InstantSource clock) {
        this.keys = keys;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode pool = keys.list(admin);
        printer.print(() -> new PoolText(new Moments(clock)).lines(pool.path("keys")), () -> pool);
        return ExitCode.OK.number();
    }
}
