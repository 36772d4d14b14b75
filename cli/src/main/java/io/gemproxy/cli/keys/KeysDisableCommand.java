package io.gemproxy.cli.keys;

import io.gemproxy.cli.output.Printer;
import java.time.InstantSource;
import picocli.CommandLine.Command;

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
public final class KeysDisableCommand extends KeyCommand {
    public KeysDisableCommand(KeyVerbs keys, Printer printer, InstantSource clock) {
        super(keys::disable, printer, clock);
    }
}
