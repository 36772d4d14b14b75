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

/** {@code keys enable}: a key goes back to work. */
@Command(
        name = "enable",
        description =
                "Puts a key back to work, whatever took it out; what it knows of its quotas stays.",
        footer = {
            "",
            "Exit codes: 0 enabled, 1 no such key, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli keys enable primary"
        })
public final class KeysEnableCommand implements Callable<Integer> {
    private final KeyVerbs keys;
    private final Printer printer;
    private final InstantSource clock;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "KEY-ID", description = "The key's id in the configuration.")
    private String id = "";

    public KeysEnableCommand(KeyVerbs keys, Printer printer, InstantSource clock) {
        this.keys = keys;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode key = keys.enable(admin, id);
        printer.print(() -> new KeyText(new Moments(clock)).lines(key), () -> key);
        return ExitCode.OK.number();
    }
}
