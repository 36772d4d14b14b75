package io.gemproxy.server.listener;

import io.gemproxy.server.listener.certificates.HttpChallenges;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The one route of the port of plain HTTP: a challenge's answer, or the way to https. Every answer
 * is the last of its connection.
 */
final class RedirectRoutes {
    private static final String CHALLENGES = "/.well-known/acme-challenge/";

    private final HttpChallenges challenges;
    private final PublicHosts hosts;

    RedirectRoutes(HttpChallenges challenges, PublicHosts hosts) {
        this.challenges = challenges;
        this.hosts = hosts;
    }

    void handle(ServerRequest request, ServerResponse response) {
        response.headers().set(HeaderValues.CONNECTION_CLOSE);
        response.headers().set(HeaderValues.create("X-Content-Type-Options", "nosniff"));
        response.headers().set(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
        String path = request.prologue().uriPath().rawPath();
        if (path.startsWith(CHALLENGES)) {
            challenge(path.substring(CHALLENGES.length()), request, response);
        } else {
            redirect(path, request, response);
        }
    }

    private void challenge(String token, ServerRequest request, ServerResponse response) {
        String method = request.prologue().method().text();
        Optional<String> answer =
                method.equals("GET") || method.equals("HEAD")
                        ? challenges.answer(token)
                        : Optional.empty();
        if (answer.isEmpty()) {
            say(404, "There is no such challenge.", request, response);
            return;
        }
        response.headers()
                .set(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/octet-stream"));
        byte[] body = answer.get().getBytes(StandardCharsets.US_ASCII);
        GuardedServer.send(request, response, body);
    }

    /** By 308, which keeps the method: a client that posted shall not come with a GET. */
    private void redirect(String path, ServerRequest request, ServerResponse response) {
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        Optional<String> origin = hosts.origin(host);
        if (origin.isEmpty()) {
            say(421, "This server is not known by that name.", request, response);
            return;
        }
        String query = request.prologue().query().rawValue();
        String target = origin.get() + path + (query.isEmpty() ? "" : "?" + query);
        response.headers().set(HeaderValues.create(HeaderNames.LOCATION, target));
        say(308, "This server is at " + origin.get() + ".", request, response);
    }

    private static void say(
            int status, String text, ServerRequest request, ServerResponse response) {
        response.status(status);
        response.headers()
                .set(HeaderValues.create(HeaderNames.CONTENT_TYPE, PlainRefusals.CONTENT_TYPE));
        GuardedServer.send(request, response, PlainRefusals.line(text));
    }
}
