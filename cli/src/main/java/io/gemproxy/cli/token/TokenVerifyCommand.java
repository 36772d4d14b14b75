package io.gemproxy.cli.token;

import io.gemproxy.cli.installation.ConfigOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.server.authentication.AuthenticationResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code token verify}: whether a server with this configuration would take a token. */
@Command(
        name = "verify",
        description = "Says whether a server with this configuration would take a token now.",
        footer = {
            "",
            "What was revoked is known where the server's state directory may be read.",
            "Exit codes: 0 it would; 1 it would not, and why; 5 it cannot be read.",
            "",
            "Example: gemproxy-cli token verify - < ci.jwt"
        })
public final class TokenVerifyCommand implements Callable<Integer> {
    private final TokenJudge judge;
    private final Printer printer;
    private final InputStream in;

    @Mixin private ConfigOption config = new ConfigOption();

    @Mixin private GivenToken given = new GivenToken();

    public TokenVerifyCommand(TokenJudge judge, Printer printer, InputStream in) {
        this.judge = judge;
        this.printer = printer;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        return switch (judge.judge(config.source(), given.text(in))) {
            case AuthenticationResult.Authenticated it -> {
                String name = it.client().id().value();
                String role = it.client().role().name().toLowerCase(Locale.ROOT);
                printer.print(
                        () -> List.of("valid: " + name + ", " + role),
                        () -> json(true, "subject", name, "role", role));
                yield ExitCode.OK.number();
            }
            case AuthenticationResult.Refused it -> {
                String reason = it.reason().toLowerCase(Locale.ROOT);
                printer.print(
                        () -> List.of("refused: " + reason.replace('_', ' ')),
                        () -> json(false, "reason", reason));
                yield ExitCode.NO.number();
            }
        };
    }

    private static Map<String, Object> json(boolean valid, String... members) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("valid", valid);
        for (int i = 0; i < members.length; i += 2) {
            json.put(members[i], members[i + 1]);
        }
        return json;
    }
}
