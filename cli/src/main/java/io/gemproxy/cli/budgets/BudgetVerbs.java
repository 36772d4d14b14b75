package io.gemproxy.cli.budgets;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import java.io.IOException;
import java.time.Duration;

/** What can be asked of the server about budgets. */
public final class BudgetVerbs {
    private static final String ALL = "/api/budgets";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AdminAccess access;
    private final AdminClient client;

    public BudgetVerbs(AdminAccess access, AdminClient client) {
        this.access = access;
        this.client = client;
    }

    JsonNode list(AdminOption where) throws IOException {
        return client.get(access.target(where), ALL);
    }

    JsonNode reset(AdminOption where, String name) throws IOException {
        String path = ALL + "/" + AdminClient.part(name) + "/reset";
        return client.post(access.target(where), path, PATIENCE);
    }

    JsonNode resetAll(AdminOption where) throws IOException {
        return client.post(access.target(where), ALL + "/reset", PATIENCE);
    }
}
