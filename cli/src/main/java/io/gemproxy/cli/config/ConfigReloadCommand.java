package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class ConfigReloadCommand implements Callable<Integer> {
    private static final String PATH = "/api/config/reload";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AdminAccess access;
    private final AdminClient client;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    public ConfigReloadCommand(AdminAccess access, AdminClient client, Printer printer) {
        this.access = access;
        this.client = client;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode answer = client.post(access.target(admin), PATH, PATIENCE);
        boolean refused = !answer.path("result").isTextual();
        List<String> lines =
                refused ? ReloadText.refusal(answer) : ReloadText.outcome(answer, printer);
        printer.print(() -> lines, () -> answer);
        return (refused ? ExitCode.NO : ExitCode.OK).number();
    }
}
