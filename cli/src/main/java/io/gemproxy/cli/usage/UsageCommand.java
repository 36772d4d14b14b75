package io.gemproxy.cli.usage;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code usage}: what clients used, as the running server added it up. */
@Command(
        name = "usage",
        description =
                "Shows requests, tokens and cost, added up by client, model, key, day or tier.",
        footer = {
            "",
            "Exit codes: 0 shown, 1 the server says no, 3 it is not reachable, 4 not authorised.",
            "",
            "Example: gemproxy-cli usage --by client,day --since 7d"
        })
public final class UsageCommand extends AskingCommand {
    private final AdminAccess access;
    private final AdminClient client;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "client,model",
            description =
                    "What rows are told apart by: any of client, model, key, day and tier, separated"
                            + " by commas; ${DEFAULT-VALUE} by default.")
    private String by = "client,model";

    @Option(
            names = "--since",
            paramLabel = "DAY",
            description = "The first day, as 2026-11-21 (UTC), or so many days ago, as 7d.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "DAY", description = "The last day, in the same form.")
    private @Nullable String until;

    public UsageCommand(AdminAccess access, AdminClient client, Printer printer) {
        super(printer);
        this.access = access;
        this.client = client;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        String path =
                "/api/usage?by="
                        + AdminClient.part(by)
                        + parameter("since", since)
                        + parameter("until", until);
        return client.get(access.target(where), path);
    }

    @Override
    protected List<String> text(JsonNode usage) {
        return UsageText.lines(usage);
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + AdminClient.part(value);
    }
}
