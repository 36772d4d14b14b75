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
import picocli.CommandLine.Parameters;

/** {@code keys disable}: a key is taken out. */
@Command(
        name = "disable",
        description =
                "Takes a key out until it is enabled again, also across restarts; running requests end.",
        footer = {
            "",
            "Exit codes: 0 disabled, 1 no such key, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli keys disable primary"
        })
public final class KeysDisableCommand implements Callable<Integer> {
    private final KeyVerbs keys;
    private final Printer printer;
    private final InstantSource clock;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "KEY-ID", description = "The key's id in the configuration.")
    private String id = "";

    public KeysDisableCommand(KeyVerbs keys, Printer printer, InstantSource clock) {
        this.keys = keys;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode key = keys.disable(admin, id);
        printer.print(() -> new KeyText(new Moments(clock)).lines(key), () -> key);
        return ExitCode.OK.number();
    }
}
