package io.gemproxy.cli.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.cli.installation.ConfigOption;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import io.gemproxy.server.authentication.TokenInspection;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code token inspect}: what a token says, and whether a key we trust signed it. */
@Command(
        name = "inspect",
        description = "Shows what a token says; never the token itself.",
        footer = {
            "",
            "The signature is checked if a configuration with a secret is found here.",
            "Exit codes: 0 shown, expired or not; 1 no token, or its signature is broken; 5 it"
                    + " cannot be read.",
            "",
            "Example: gemproxy-cli token inspect - < ci.jwt"
        })
public final class TokenInspectCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TokenJudge judge;
    private final Printer printer;
    private final InstantSource clock;
    private final InputStream in;

    @Mixin private ConfigOption config = new ConfigOption();

    @Mixin private GivenToken given = new GivenToken();

    public TokenInspectCommand(
            TokenJudge judge, Printer printer, InstantSource clock, InputStream in) {
        this.judge = judge;
        this.printer = printer;
        this.clock = clock;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        String text = given.text(in);
        TokenInspection inspection =
                TokenInspection.of(text, clock.instant())
                        .orElseThrow(
                                () -> new CommandFailedException(ExitCode.NO, "this is no token"));
        String signature = judge.signature(config.source(), text);
        JsonNode header = tree(inspection.header());
        JsonNode claims = tree(inspection.claims());
        printer.print(
                () -> text(inspection, signature, claims),
                () -> json(inspection, signature, header, claims));
        return (signature.equals("invalid") ? ExitCode.NO : ExitCode.OK).number();
    }

    private List<String> text(TokenInspection inspection, String signature, JsonNode claims) {
        TextTable table = new TextTable();
        if (signature.equals("invalid")) {
            table.row("SIGNATURE", told(signature)).row("STATUS", status(inspection));
        } else {
            table.row("STATUS", status(inspection)).row("SIGNATURE", told(signature));
        }
        table.row("EXPIRES", inspection.expiresAt().map(this::moment).orElse(""));
        claims.properties().stream()
                .filter(claim -> !claim.getKey().equals("exp"))
                .forEach(claim ->
                        table.row(
                                claim.getKey().toUpperCase(Locale.ROOT),
                                value(claim.getKey(), claim.getValue())));
        return table.lines();
    }

    private static String status(TokenInspection inspection) {
        return word(inspection).replace('_', ' ');
    }

    private static String told(String signature) {
        return switch (signature) {
            case "valid" -> "valid";
            case "invalid" -> "INVALID: not signed with a key of this configuration";
            default -> "NOT CHECKED: no configuration with its key was found";
        };
    }

    private String value(String name, JsonNode value) {
        if (value.canConvertToLong() && (name.equals("iat") || name.equals("nbf"))) {
            return moment(Instant.ofEpochSecond(value.asLong()));
        }
        return value.isTextual() ? value.asText() : value.toString();
    }

    private String moment(Instant time) {
        return Humane.time(time) + " (" + Humane.distance(clock.instant(), time) + ")";
    }

    private static Map<String, Object> json(
            TokenInspection inspection, String signature, JsonNode header, JsonNode claims) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", word(inspection));
        json.put("signature", signature);
        json.put("expires_at", inspection.expiresAt().map(Instant::toString).orElse(null));
        json.put("header", header);
        json.put("claims", claims);
        return json;
    }

    private static String word(TokenInspection inspection) {
        return inspection.state().name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an inspected token is JSON", impossible);
        }
    }
}
