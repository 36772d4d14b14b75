package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Plan;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.http.Exchange;
import io.gemproxy.simulator.quota.ApiKey;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One call with its key; the path without version, split into resource and verb. */
public record Call(Exchange exchange, ApiKey key, Plan plan, String resource, String verb) {

    /** The same call for that resource. */
    Call at(String name, String what) {
        return new Call(exchange, key, plan, name, what);
    }

    String method() {
        return exchange.head().method();
    }

    String project() {
        return key.project();
    }

    @Nullable String parameter(String name) {
        return exchange.head().target().parameter(name);
    }

    /** The body as JSON; INVALID_ARGUMENT when it is none. */
    ObjectNode json() throws IOException, ApiException {
        byte[] bytes = exchange.body().whole();
        try {
            JsonNode node = Json.parse(bytes);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException notJson) {
            throw Errors.of(400, "Invalid JSON payload received. Unexpected token.");
        }
        throw Errors.of(400, "Invalid value at root: an object is expected.");
    }

    /** Whether the call is of that method and verb. */
    boolean is(String method, String verb) {
        return method().equals(method) && verb().equals(verb);
    }

    static Answer ok(ObjectNode body) {
        return Answer.of(200, "application/json; charset=UTF-8", Json.pretty(body));
    }
}
