package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code config reload}: the running server reads its configuration again. */
@Command(
        name = "reload",
        description =
                "Has the running server read its configuration again and put it into effect, whole"
                        + " or not at all.",
        footer = {
            "",
            "Exit codes: 0 in effect, 1 refused (the findings say why), 3 server not reachable, 4"
                    + " not authorised.",
            "",
            "Example: gemproxy-cli config reload"
        })
public final class ConfigReloadCommand extends AskingCommand {
    private static final String PATH = "/api/config/reload";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AdminAccess access;
    private final AdminClient client;
    private final Printer printer;

    public ConfigReloadCommand(AdminAccess access, AdminClient client, Printer printer) {
        super(printer);
        this.access = access;
        this.client = client;
        this.printer = printer;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return client.post(access.target(where), PATH, PATIENCE);
    }

    @Override
    protected List<String> text(JsonNode answer) {
        return isRefused(answer) ? ReloadText.refusal(answer) : ReloadText.outcome(answer, printer);
    }

    @Override
    protected ExitCode verdict(JsonNode answer) {
        return isRefused(answer) ? ExitCode.NO : ExitCode.OK;
    }

    private static boolean isRefused(JsonNode answer) {
        return !answer.path("result").isTextual();
    }
}
