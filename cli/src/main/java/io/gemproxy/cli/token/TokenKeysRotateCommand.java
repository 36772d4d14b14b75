package io.gemproxy.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code token keys rotate}: a new one signs. */
@Command(
        name = "rotate",
        description = "Makes a new secret that signs from now on; tokens that live stay valid.",
        footer = {
            "",
            "Asks the server; where none runs, changes its state directory.",
            "Exit codes: 0 rotated, 1 the answer is no, 3 neither server nor state directory can be used,"
                    + " 4 not authorised.",
            "",
            "Example: gemproxy-cli token keys rotate"
        })
public final class TokenKeysRotateCommand extends AskingCommand {
    private final TokenVerbs tokens;

    public TokenKeysRotateCommand(TokenVerbs tokens, Printer printer) {
        super(printer);
        this.tokens = tokens;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return tokens.rotate(where);
    }

    @Override
    protected List<String> text(JsonNode keys) {
        return SigningKeyText.lines(keys);
    }
}
