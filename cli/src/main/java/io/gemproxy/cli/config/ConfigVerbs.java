package io.gemproxy.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.admin.AdminOption;
import io.gemproxy.cli.admin.AdminTarget;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import java.io.IOException;
import java.time.Duration;

/** What a running server says of its configuration. */
public final class ConfigVerbs {
    private static final String ALL = "/api/config";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AdminAccess access;
    private final AdminClient client;

    public ConfigVerbs(AdminAccess access, AdminClient client) {
        this.access = access;
        this.client = client;
    }

    /** What the files of a server say, secrets masked. */
    Stored stored(AdminOption where) throws IOException {
        AdminTarget target = access.target(where);
        return new Stored(target.server().toString(), client.get(target, ALL));
    }

    /**
     * What is on a server's disk, or runs.
     *
     * @param server its address
     * @param values of its files, secrets masked
     */
    record Stored(String server, JsonNode values) {}

    /** What a server runs with, secrets masked. */
    Stored running(AdminOption where) throws IOException {
        AdminTarget target = access.target(where);
        return new Stored(
                target.server().toString(), client.get(target, ALL + "/running").path("values"));
    }

    /**
     * What stands on the server's disk against something else.
     *
     * @param against {@code running}, {@code file} or a version of the history
     */
    JsonNode diff(AdminOption where, String against) throws IOException {
        return client.get(access.target(where), ALL + "/diff" + query(against));
    }

    /** A text against something else. */
    JsonNode diff(AdminOption where, String against, byte[] text) throws IOException {
        String path = ALL + "/validate" + query(against);
        return client.post(access.target(where), path, text, PATIENCE);
    }

    /** A version of the history against something else. */
    JsonNode difference(AdminOption where, String version, String against) throws IOException {
        String path = ALL + "/history/" + AdminClient.part(version) + "/diff";
        return client.get(access.target(where), path + query(against));
    }

    private static String query(String against) {
        if (against.isBlank()) {
            throw new CommandFailedException(
                    ExitCode.USAGE,
                    "--against is running, file, or a version that config history names");
        }
        return "?against=" + AdminClient.part(against);
    }

    JsonNode history(AdminOption where) throws IOException {
        return client.get(access.target(where), ALL + "/history");
    }

    JsonNode version(AdminOption where, String version) throws IOException {
        return client.get(access.target(where), ALL + "/history/" + AdminClient.part(version));
    }

    JsonNode rollback(AdminOption where, String version, String reason) throws IOException {
        String path = ALL + "/history/" + AdminClient.part(version) + "/rollback";
        String why = reason.isEmpty() ? "" : "?reason=" + AdminClient.part(reason);
        return client.post(access.target(where), path + why, PATIENCE);
    }
}
