package io.gemproxy.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.server.authentication.TokenInspection;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token revoke}: takes a token back, or all of a client, or all before a moment. */
@Command(
        name = "revoke",
        description = "Takes tokens back, at once and for good.",
        footer = {
            "",
            "With --subject alone the client's keys and OAuth secrets of the configuration fall too.",
            "Asks the server; where none runs, changes its state directory.",
            "Exit codes: 0 revoked and on disk, 1 the answer is no, 2 usage, 3 neither server nor"
                    + " state directory can be used, 4 not authorised.",
            "",
            "Example: gemproxy-cli token revoke - < leaked.jwt",
            "         gemproxy-cli token revoke --subject ci",
            "         gemproxy-cli token revoke --all --issued-before 2026-11-21T10:00:00Z"
        })
public final class TokenRevokeCommand implements Callable<Integer> {
    /** The most by which clocks may differ: until then a token may be taken after its end. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final TokenVerbs tokens;
    private final TokenJudge judge;
    private final Printer printer;
    private final InstantSource clock;
    private final InputStream in;

    @Mixin private AdminOption admin = new AdminOption();

    @Parameters(
            paramLabel = "TOKEN",
            arity = "0..1",
            description = "The token; - for standard input.")
    private @Nullable String given;

    @Option(names = "--jti", paramLabel = "ID", description = "The token of this jti.")
    private @Nullable String jti;

    @Option(names = "--subject", paramLabel = "NAME", description = "All of this client.")
    private @Nullable String subject;

    @Option(names = "--all", description = "Everybody's tokens; with --issued-before.")
    private boolean all;

    @Option(
            names = "--issued-before",
            paramLabel = "TIME",
            description = "Only tokens issued before, as 2026-11-21T10:00:00Z or now.")
    private @Nullable String issuedBefore;

    public TokenRevokeCommand(
            TokenVerbs tokens,
            TokenJudge judge,
            Printer printer,
            InstantSource clock,
            InputStream in) {
        this.tokens = tokens;
        this.judge = judge;
        this.printer = printer;
        this.clock = clock;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode done = tokens.revoke(admin, order());
        printer.print(() -> List.of(told(done)), () -> done);
        return ExitCode.OK.number();
    }

    private ObjectNode order() throws IOException {
        int chosen = (given == null ? 0 : 1) + (jti == null ? 0 : 1) + (subject == null ? 0 : 1);
        if (chosen + (all ? 1 : 0) != 1) {
            throw usage("give one of TOKEN, --jti, --subject and --all");
        }
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        if (given != null) {
            token(order, GivenToken.text(given, in));
        } else if (jti != null) {
            order.put("jti", jti);
        } else if (subject != null) {
            order.put("subject", subject);
        }
        before(order);
        return order;
    }

    private void before(ObjectNode order) {
        if (issuedBefore == null) {
            if (all) {
                throw usage("--all wants --issued-before");
            }
            return;
        }
        if (order.has("jti")) {
            throw usage("--issued-before goes with --subject or --all");
        }
        order.put("issued_before", moment(issuedBefore).toString());
    }

    private Instant moment(String text) {
        Instant now = clock.instant();
        try {
            Instant moment = text.equals("now") ? now : Instant.parse(text);
            if (moment.isAfter(now)) {
                throw usage("--issued-before lies ahead");
            }
            return moment;
        } catch (DateTimeParseException malformed) {
            throw usage("--issued-before is a time like 2026-11-21T10:00:00Z, or now");
        }
    }

    private void token(ObjectNode order, String text) {
        TokenInspection says =
                TokenInspection.of(text, clock.instant())
                        .orElseThrow(
                                () -> new CommandFailedException(ExitCode.NO, "this is no token"));
        String id =
                says.tokenId()
                        .orElseThrow(() ->
                                new CommandFailedException(
                                        ExitCode.NO, "this token has no jti; revoke by --subject"));
        order.put("jti", id);
        switch (judge.signature(admin.config().source(), text)) {
            case "valid" ->
                    says.expiresAt()
                            .ifPresent(end -> order.put("expires_at", end.plus(SKEW).toString()));
            case "invalid" ->
                    throw new CommandFailedException(
                            ExitCode.NO,
                            "the signature of this token is broken, so its jti and its end need not"
                                    + " be true; to revoke by jti all the same use --jti");
            default ->
                    printer.say(
                            "note: the signature cannot be checked here, so the end of the token is"
                                    + " not believed and the revocation is kept for good.");
        }
    }

    private static String told(JsonNode done) {
        if (done.path("jti").isTextual()) {
            return "Revoked the token " + Printer.plain(done.path("jti").textValue()) + ".";
        }
        String whose =
                done.path("subject").isTextual()
                        ? "of " + Printer.plain(done.path("subject").textValue())
                        : "of everybody";
        int keys = done.path("credentials").asInt();
        return "Revoked the tokens "
                + whose
                + " issued before "
                + done.path("issued_before").asText()
                + (keys == 0 ? "" : ", and " + keys + " of its keys and secrets")
                + ".";
    }

    private static CommandFailedException usage(String message) {
        return new CommandFailedException(ExitCode.USAGE, message);
    }
}
