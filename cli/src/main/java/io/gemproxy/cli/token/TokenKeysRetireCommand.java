package io.gemproxy.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token keys retire}: one verifies no more. */
@Command(
        name = "retire",
        description = "Ends a secret that only verifies.",
        footer = {
            "",
            "One that is needed no more goes by itself; this ends it early.",
            "Exit codes: 0 retired, 1 the answer is no, 3 neither server nor state directory can be used,"
                    + " 4 not authorised.",
            "",
            "Example: gemproxy-cli token keys retire 20261121-1a2b3c4d --force"
        })
public final class TokenKeysRetireCommand extends AskingCommand {
    private final TokenVerbs tokens;

    @Parameters(paramLabel = "NAME", description = "The secret's name, as list shows it.")
    private String kid = "";

    @Option(
            names = "--force",
            description = "Even if tokens that it signed may live; they end now.")
    private boolean force;

    public TokenKeysRetireCommand(TokenVerbs tokens, Printer printer) {
        super(printer);
        this.tokens = tokens;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return tokens.retire(where, kid, force);
    }

    @Override
    protected List<String> text(JsonNode keys) {
        return SigningKeyText.lines(keys);
    }
}
