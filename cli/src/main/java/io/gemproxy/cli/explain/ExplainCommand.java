package io.gemproxy.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code explain}: what a code means, or why a request went as it did. */
@Command(
        name = "explain",
        description =
                "Explains a code (offline), or one of the server's last 10,000 requests by its"
                        + " x-request-id.",
        footer = {
            "",
            "Codes are those of validate (GPX2001), of error answers (pool_exhausted) and of keys"
                    + " (api_key_leaked).",
            "Exit codes: 0 explained, 1 no such code or request, 3 server not reachable,"
                    + " 4 not authorised.",
            "",
            "Example: gemproxy-cli explain quota_requests_per_day",
            "         gemproxy-cli explain 01JD8A5Z7Q3M4X9T2V6B8N0PKR"
        })
public final class ExplainCommand implements Callable<Integer> {
    /** As the listener names requests: Crockford's base 32. */
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    private final AdminAccess access;
    private final AdminClient client;
    private final Printer printer;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "REQUEST-ID|CODE", description = "What is to be explained.")
    private String subject = "";

    public ExplainCommand(AdminAccess access, AdminClient client, Printer printer) {
        this.access = access;
        this.client = client;
        this.printer = printer;
    }

    @Override
    public Integer call() throws IOException {
        Codes codes = Codes.load();
        Optional<Code> code = codes.find(subject);
        if (code.isPresent()) {
            printer.print(() -> text(code.get()), () -> json(code.get()));
        } else if (REQUEST_ID.matcher(subject).matches()) {
            JsonNode request = client.get(access.target(admin), "/api/requests/" + subject);
            printer.print(() -> RequestText.lines(request), () -> request);
        } else {
            throw new CommandFailedException(ExitCode.NO, unknown(codes));
        }
        return ExitCode.OK.number();
    }

    private String unknown(Codes codes) {
        List<String> like = codes.like(subject);
        return "'"
                + subject
                + "' is no code and no request id"
                + (like.isEmpty() ? "" : "; did you mean " + String.join(", ", like) + "?");
    }

    private static List<String> text(Code code) {
        return List.of(
                code.code() + ": " + code.title(),
                "",
                "Why:      " + code.cause(),
                "Example:  " + code.example(),
                "Do:       " + code.fix());
    }

    private static Map<String, Object> json(Code code) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code.code());
        json.put("title", code.title());
        json.put("cause", code.cause());
        json.put("example", code.example());
        json.put("fix", code.fix());
        return json;
    }
}
