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

/** {@code keys show}: one key with all that is known of it. */
@Command(
        name = "show",
        description = "Shows one pooled key: state, use, quotas, last error, what to do.",
        footer = {
            "",
            "Exit codes: 0 shown, 1 no such key, 3 server not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli keys show primary"
        })
public final class KeysShowCommand implements Callable<Integer> {
    private final KeyVerbs keys;
    private final Printer printer;
    private final InstantSource clock;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "KEY-ID", description = "The key's id in the configuration.")
    private String id = "";

    public KeysShowCommand(KeyVerbs keys, Printer printer, InstantSource clock) {
        this.keys = keys;
        this.printer = printer;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode key = keys.show(admin, id);
        printer.print(() -> new KeyText(new Moments(clock)).lines(key), () -> key);
        return ExitCode.OK.number();
    }
}
