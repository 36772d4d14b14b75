package io.gemproxy.server.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.authentication.clients.ClientCredentials.Outcome;
import io.gemproxy.server.exchange.Rejection;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** The answers of {@code /oauth/token} (RFC 6749 sections 5.1 and 5.2). */
final class OAuthAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OAuthAnswers() {}

    static void give(Outcome.Granted granted, Progress progress, ServerResponse response) {
        ObjectNode body = JSON.createObjectNode();
        body.put("access_token", granted.told());
        body.put("token_type", "Bearer").put("expires_in", granted.lifetime().toSeconds());
        granted.scope().ifPresent(scope -> body.put("scope", scope));
        progress.answering(200, false);
        send(200, body, progress, response);
        progress.completed();
    }

    static void refuse(OAuthRefused refused, Progress progress, ServerResponse response) {
        Rejection rejection = refused.rejection();
        ObjectNode body = JSON.createObjectNode();
        body.put("error", refused.error()).put("error_description", refused.description());
        switch (rejection) {
            case Rejection.Unauthenticated _ ->
                    response.header("WWW-Authenticate", "Basic realm=\"gemproxy\"");
            case Rejection.WrongMethod wrong ->
                    response.header(HeaderNames.ALLOW.defaultCase(), wrong.allowed());
            default -> {}
        }
        rejection
                .retryIn()
                .ifPresent(time ->
                        response.header("Retry-After", Long.toString(RejectionBody.seconds(time))));
        send(rejection.status(), body, progress, response);
    }

    private static void send(
            int status, ObjectNode answer, Progress progress, ServerResponse response) {
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        AnswerHead.status(response, status);
        progress.exchange()
                .clientRequestId()
                .ifPresent(id -> response.header("x-client-request-id", id));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header("Pragma", "no-cache");
        if (progress.exchange().method().equals("HEAD")) {
            response.headers().set(WireHeader.lengthOfNothing(body.length));
            response.send();
        } else {
            progress.sent(body.length);
            response.send(body);
        }
    }
}
