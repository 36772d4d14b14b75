package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.http.RequestHead;
import io.gemproxy.simulator.quota.ApiKey;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Ephemeral tokens: each one stands for the key that made it, for so many Live sessions. */
final class Tokens {
    private static final String PREFIX = "auth_tokens/";
    private final Resources resources;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    /** Whose it is, and how many sessions it is still good for. */
    private record Token(ApiKey key, AtomicLong left) {}

    Tokens(Resources resources) {
        this.resources = resources;
    }

    /** Makes one; "uses" is 1 unless said, and 0 is without limit. */
    Answer create(Call call) throws IOException, ApiException {
        if (!call.is("POST", "") || !call.resource().equals("auth_tokens")) {
            throw Errors.notFound();
        }
        ObjectNode request = call.json();
        long uses = request.path("uses").asLong(1);
        String name = PREFIX + resources.freshId();
        long left = uses == 0 ? Long.MAX_VALUE : uses;
        tokens.put(name, new Token(call.key(), new AtomicLong(left)));
        return Call.ok(Json.object().put("name", name));
    }

    /** The token a Live request comes with, in its query or as "Authorization: Token"; or null. */
    static @Nullable String in(RequestHead head) {
        String token = head.target().parameter("access_token");
        if (token == null) {
            String value = head.headers().first("Authorization", "");
            token = value.startsWith("Token ") ? value.substring(6).strip() : "";
        }
        return token.startsWith(PREFIX) ? token : null;
    }

    /** The key behind a token, which is used once more; null when it is good for nothing. */
    @Nullable ApiKey use(String name) {
        Token token = tokens.get(name);
        return token != null && token.left().getAndDecrement() > 0 ? token.key() : null;
    }
}
