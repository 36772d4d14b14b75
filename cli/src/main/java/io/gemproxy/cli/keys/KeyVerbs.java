package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import java.io.IOException;
import java.time.Duration;

/** What can be asked of the server about its keys. */
public final class KeyVerbs {
    private static final String ALL = "/api/keys";
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    /** Three questions to Google at 15 s each, and something to spare. */
    private static final Duration TEST = Duration.ofSeconds(60);

    private final AdminAccess access;
    private final AdminClient client;

    public KeyVerbs(AdminAccess access, AdminClient client) {
        this.access = access;
        this.client = client;
    }

    JsonNode list(AdminOption where) throws IOException {
        return client.get(access.target(where), ALL);
    }

    JsonNode show(AdminOption where, String id) throws IOException {
        return client.get(access.target(where), one(id));
    }

    JsonNode enable(AdminOption where, String id) throws IOException {
        return client.post(access.target(where), one(id) + "/enable", AT_ONCE);
    }

    JsonNode disable(AdminOption where, String id) throws IOException {
        return client.post(access.target(where), one(id) + "/disable", AT_ONCE);
    }

    JsonNode test(AdminOption where, String id, boolean generate) throws IOException {
        String path = one(id) + "/test" + (generate ? "?generate=true" : "");
        return client.post(access.target(where), path, TEST);
    }

    private static String one(String id) {
        return ALL + "/" + AdminClient.part(id);
    }
}
