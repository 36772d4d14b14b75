package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import java.nio.charset.StandardCharsets;

/** Errors as they are written to the caller, who expects one shape or another. */
public final class ErrorShapes {
    private ErrorShapes() {}

    /** The error as bytes, in the shape the caller expects. */
    public static byte[] bytes(ApiException error, Shape shape) {
        return switch (shape) {
            case NATIVE, EVENTS -> Json.pretty(error.error());
            case ARRAY -> array(error);
            case INTERACTIONS -> Json.pretty(interactions(error));
        };
    }

    private static byte[] array(ApiException error) {
        String one = new String(Json.pretty(error.error()), StandardCharsets.UTF_8);
        return ("[" + one + "]\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The error as the Interactions API words it. */
    static ObjectNode interactions(ApiException error) {
        String code =
                switch (error.status()) {
                    case 401 -> "authentication";
                    case 402 -> "payment_required";
                    case 403 -> "permission_denied";
                    case 404 -> "not_found";
                    case 429 -> "rate_limit_exceeded";
                    case 400 -> "invalid_request";
                    default -> "internal";
                };
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("code", code)
                .put("message", error.error().path("error").path("message").asText());
        return body;
    }

    /** What Google's edge says to an address it distrusts: no JSON at all. */
    public static Answer sorryPage(int status) {
        String page =
                "<html><head><title>Sorry...</title></head><body><h1>We're sorry...</h1><p>... but"
                        + " your computer or network may be sending automated queries. To protect"
                        + " our users, we can't process your request right"
                        + " now.</p></body></html>\n";
        return Answer.of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }
}
