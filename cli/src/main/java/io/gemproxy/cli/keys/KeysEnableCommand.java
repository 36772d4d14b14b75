package io.gemproxy.cli.keys;

import io.gemproxy.cli.output.Printer;
import java.time.InstantSource;
import picocli.CommandLine.Command;

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
public final class KeysEnableCommand extends KeyCommand {
    public KeysEnableCommand(KeyVerbs keys, Printer printer, InstantSource clock) {
        super(keys::enable, printer, clock);
    }
}
