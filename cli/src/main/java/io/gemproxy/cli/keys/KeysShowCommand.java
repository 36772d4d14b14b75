package io.gemproxy.cli.keys;

import io.gemproxy.cli.output.Printer;
import java.time.InstantSource;
import picocli.CommandLine.Command;

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
public final class KeysShowCommand extends KeyCommand {
    public KeysShowCommand(KeyVerbs keys, Printer printer, InstantSource clock) {
        super(keys::show, printer, clock);
    }
}
