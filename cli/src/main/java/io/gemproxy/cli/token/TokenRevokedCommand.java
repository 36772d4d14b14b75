package io.gemproxy.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AskingCommand;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code token revoked}: what was taken back. */
@Command(
        name = "revoked",
        description = "Lists what was revoked and still matters.",
        footer = {
            "",
            "Exit codes: 0 listed, 1 the answer is no, 3 neither server nor state directory can be used,"
                    + " 4 not authorised.",
            "",
            "Example: gemproxy-cli token revoked"
        })
public final class TokenRevokedCommand extends AskingCommand {
    private final TokenVerbs tokens;

    public TokenRevokedCommand(TokenVerbs tokens, Printer printer) {
        super(printer);
        this.tokens = tokens;
    }

    @Override
    protected JsonNode ask(AdminOption where) throws IOException {
        return tokens.revoked(where);
    }

    @Override
    protected List<String> text(JsonNode revoked) {
        return lines(revoked.path("revocations"));
    }

    private static List<String> lines(JsonNode revocations) {
        if (revocations.isEmpty()) {
            return List.of("Nothing is revoked.");
        }
        TextTable table =
                TextTable.headed("WHAT", "ISSUED BEFORE", "KEYS", "REVOKED", "BY", "KEPT UNTIL");
        for (JsonNode one : revocations) {
            table.row(
                    what(one),
                    time(one.path("issued_before")),
                    one.path("credentials").asText(),
                    time(one.path("revoked_at")),
                    one.path("revoked_by").asText(""),
                    time(one.path("expires_at")));
        }
        return table.lines();
    }

    private static String what(JsonNode one) {
        if (one.path("jti").isTextual()) {
            return "token " + one.path("jti").textValue();
        }
        return one.path("subject").isTextual()
                ? "client " + one.path("subject").textValue()
                : "everybody";
    }

    private static String time(JsonNode time) {
        return time.isTextual() ? Humane.time(Instant.parse(time.textValue())) : "";
    }
}
