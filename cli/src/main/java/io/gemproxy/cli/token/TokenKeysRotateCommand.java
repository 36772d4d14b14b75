package io.gemproxy.cli.token;

import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class TokenKeysRotateCommand implements Callable<Integer> {
    private final TokenVerbs tokens;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    public TokenKeysRotateCommand(TokenVerbs tokens, Printer printer) {
        this.tokens = tokens;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        SigningKeyText.print(printer, tokens.rotate(admin));
        return ExitCode.OK.number();
    }
}
