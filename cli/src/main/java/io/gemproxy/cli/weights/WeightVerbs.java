package io.gemproxy.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What can be asked of a server's weights. */
public final class WeightVerbs {
    private static final String ALL = "/api/weights";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AdminAccess access;
    private final AdminClient client;

    public WeightVerbs(AdminAccess access, AdminClient client) {
        this.access = access;
        this.client = client;
    }

    JsonNode now(AdminOption where) throws IOException {
        return client.get(access.target(where), ALL);
    }

    JsonNode presets(AdminOption where) throws IOException {
        return client.get(access.target(where), ALL + "/presets");
    }

    JsonNode preset(AdminOption where, String name) throws IOException {
        return client.get(access.target(where), path(name));
    }

    /** Saves these weights, or those that hold if there are none. */
    JsonNode save(AdminOption where, String name, Map<String, Integer> weights) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!weights.isEmpty()) {
            ObjectNode all = body.putObject("weights");
            weights.forEach(all::put);
        }
        return client.put(access.target(where), path(name), body, PATIENCE);
    }

    JsonNode apply(AdminOption where, String name) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("preset_name", name);
        return client.post(access.target(where), ALL + "/apply", body, PATIENCE);
    }

    JsonNode rollback(AdminOption where) throws IOException {
        return client.post(access.target(where), ALL + "/rollback", PATIENCE);
    }

    private static String path(String name) {
        return ALL + "/presets/" + AdminClient.part(name);
    }
}
