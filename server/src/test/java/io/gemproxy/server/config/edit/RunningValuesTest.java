package io.gemproxy.server.config.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a server runs with is not always what its files say. */
final class RunningValuesTest {
    @Test
    void whatWaitsForTheNextStartIsAsItWas() {
        assertEquals(
                tree("{server: {port: 1, shutdown_grace_seconds: 9}, logging: {level: debug}}"),
                after(
                        "{server: {port: 1, shutdown_grace_seconds: 5}}",
                        "{server: {port: 2, max_connections: 3, shutdown_grace_seconds: 9},"
                                + " logging: {level: debug}}"));
    }

    @Test
    void whatIsGoneFromTheFileButWaitsIsStillThere() {
        assertEquals(
                tree("{server: {port: 1, tls: {enabled: false}}}"),
                after("{server: {port: 1, tls: {enabled: false}}, limits: {}}", "{}"));
        assertEquals(
                tree("{server: {port: 1}}"),
                after("{server: {port: 1, shutdown_grace_seconds: 5}}", "{server: null}"));
    }

    @Test
    void sectionsThatComeAndGoAreThoseOfTheFile() {
        assertEquals(
                tree("{limits: {client: {tokens_per_minute: 5}}}"),
                after(
                        "{auth: {clients: [{name: ci}]}}",
                        "{limits: {client: {tokens_per_minute: 5}}}"));
        assertEquals(tree("{auth: null}"), after("{auth: {clients: []}}", "{auth: null}"));
        assertEquals(tree("{auth: {}}"), after("{auth: 1}", "{auth: {}}"));
        assertEquals(tree("{auth: [1]}"), after("{auth: {}}", "{auth: [1]}"));
    }

    @Test
    void whatAPartCouldNotTakeOverIsAsItWasUntilItCan() {
        JsonNode before = tree("{limits: {client: {requests_per_day: 5}}, usage: {}}");
        JsonNode files =
                tree(
                        "{limits: {client: {requests_per_day: 7}, unpriced_models: allow},"
                                + " auth: {rate_limit_per_minute: 8}, logging: {level: debug}}");
        JsonNode partly =
                RunningValues.after(
                        before, files, List.of("limits", "auth.rate_limit_per_minute", ""));
        assertEquals(
                tree("{limits: {client: {requests_per_day: 5}}, logging: {level: debug}}"), partly);
        assertEquals(files, RunningValues.after(partly, files, List.of()));
    }

    private static JsonNode after(String before, String files) {
        return RunningValues.after(tree(before), tree(files), List.of());
    }

    private static JsonNode tree(String yaml) {
        return YamlEditorTest.tree(yaml);
    }
}
