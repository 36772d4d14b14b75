package io.gemproxy.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import java.io.IOException;

/** What can be asked of the server about sessions. */
public final class SessionVerbs {
    private static final String ALL = "/api/sessions";

    private final AdminAccess access;
    private final AdminClient client;

    public SessionVerbs(AdminAccess access, AdminClient client) {
        this.access = access;
        this.client = client;
    }

    JsonNode list(AdminOption where) throws IOException {
        return client.get(access.target(where), ALL);
    }

    JsonNode end(AdminOption where, String id) throws IOException {
        return client.delete(access.target(where), ALL + "/" + AdminClient.part(id));
    }

    JsonNode endAll(AdminOption where) throws IOException {
        return client.delete(access.target(where), ALL);
    }
}
