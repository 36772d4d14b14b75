package io.gemproxy.cli.token;

import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class TokenKeysListCommand implements Callable<Integer> {
    private final TokenVerbs tokens;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    public TokenKeysListCommand(TokenVerbs tokens, Printer printer) {
        this.tokens = tokens;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        SigningKeyText.print(printer, tokens.keys(admin));
        return ExitCode.OK.number();
    }
}
