package io.gemproxy.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code token keys list}: which sign and verify. */
@Command(
        name = "list",
        description = "Lists the secrets that sign and verify tokens, by name.",
        footer = {
            "",
            "Exit codes: 0 listed, 1 the answer is no, 3 neither server nor state directory can be used,"
                    + " 4 not authorised.",
            "",
            "Example: gemproxy-cli token keys list"
        })
public final class TokenKeysListCommand extends AskingCommand {
    private final TokenVerbs tokens;

    public TokenKeysListCommand(TokenVerbs tokens, Printer printer) {
        super(printer);
        this.tokens = tokens;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return tokens.keys(where);
    }

    @Override
    protected List<String> text(JsonNode keys) {
        return SigningKeyText.lines(keys);
    }
}
