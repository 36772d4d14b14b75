package io.gemproxy.cli.token;

import io.gemproxy.cli.installation.ConfigOption;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.config.ConfigResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
    private static final int LONGEST = 16 * 1024;

    private final Installation installation;
    private final Printer printer;
    private final InstantSource clock;
    private final InputStream in;

    @Mixin private ConfigOption config = new ConfigOption();

    @Parameters(
            paramLabel = "TOKEN",
            arity = "0..1",
            defaultValue = "-",
            description = "The token; - or nothing for standard input.")
    private String given = "-";

    public TokenVerifyCommand(
            Installation installation, Printer printer, InstantSource clock, InputStream in) {
        this.installation = installation;
        this.printer = printer;
        this.clock = clock;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        String token = given.equals("-") ? read() : given.strip();
        return switch (judged(token)) {
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

    private AuthenticationResult judged(String token) {
        return switch (installation.asTool(config.source())) {
            case ConfigResult.LoadedConfig loaded ->
                    new TokenJudge(installation, clock).judge(loaded, token);
            case ConfigResult.InvalidConfig _ ->
                    throw new CommandFailedException(
                            ExitCode.NO, "there is no valid configuration to verify it with");
        };
    }

    private String read() throws IOException {
        return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
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
