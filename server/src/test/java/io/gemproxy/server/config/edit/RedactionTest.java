package io.gemproxy.server.config.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.emissions.Emissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No secret is shown, and none is lost by sending back what was shown. */
final class RedactionTest {
    private static final String KEY =
            Emissions.OF_THIS_RUN.secret("a pooled key", "AIzaSyRedacted-Rk5Nq8Wd2Lx7Vb3Tj9Pm4Hc");
    private static final String PASSWORD =
            Emissions.OF_THIS_RUN.secret("the admin password", "walrus-Kettle-51-orbit");
    private static final JsonNode STORED =
            YamlEditorTest.tree(
                    """
                    server: {port: 8443, host: walrus-Kettle-51-orbit}
                    gemini:
                      api_keys:
                        - {id: one, key: %s, weight: 3}
                        - {id: two, key: '${KEY_TWO}'}
                        - {id: three, key: '${KEY:%s}', expires_at: 2027-01-31}
                    auth: {admin_password: %s, admin_pasword: %s, jwt_secret: ''}
                    """
                            .formatted(KEY, KEY, PASSWORD, PASSWORD));

    @Test
    void secretsAreMaskedReferencesAndTheRestAreNot() {
        JsonNode shown = Redaction.mask(STORED);
        Emissions.OF_THIS_RUN.emitted("the masked values", shown.toString());
        assertEquals(
                YamlEditorTest.tree(
                        """
                        server: {port: 8443, host: '****'}
                        gemini:
                          api_keys:
                            - {id: one, key: '****', weight: 3}
                            - {id: two, key: '${KEY_TWO}'}
                            - {id: three, key: '****', expires_at: 2027-01-31}
                        auth: {admin_password: '****', admin_pasword: '****', jwt_secret: ''}
                        """),
                shown);
    }

    @Test
    void aSecretOfBlanksMasksNothingElse() {
        JsonNode shown =
                Redaction.mask(
                        YamlEditorTest.tree(
                                "{server: {host: a b}, auth: {jwt_secret: '            '}}"));
        assertEquals("a b", shown.at("/server/host").asText());
        assertEquals("****", shown.at("/auth/jwt_secret").asText());
    }

    @Test
    void whatWasShownAndIsSentBackChangesNothing() {
        List<String> unknown = new ArrayList<>();
        assertEquals(STORED, Redaction.restore(Redaction.mask(STORED), STORED, "", unknown));
        assertEquals(List.of(), unknown);
    }

    @Test
    void masksFollowTheNamesOfEntriesAndNotTheirPlaces() {
        ObjectNode sent = (ObjectNode) Redaction.mask(STORED);
        sent.withObjectProperty("gemini").withArrayProperty("api_keys").remove(1);
        List<String> unknown = new ArrayList<>();
        JsonNode keys =
                Redaction.restore(sent, STORED, "", unknown).path("gemini").path("api_keys");
        assertEquals(KEY, keys.path(0).path("key").asText());
        assertEquals("${KEY:" + KEY + "}", keys.path(1).path("key").asText());
        assertEquals(List.of(), unknown);
    }

    @Test
    void aMaskThatStandsForNothingIsNamed() {
        List<String> unknown = new ArrayList<>();
        Redaction.restore(
                YamlEditorTest.tree(
                        "{gemini: {api_keys: [{id: four, key: '****'}]}, admin: {host: '****'}}"),
                STORED,
                "",
                unknown);
        assertEquals(List.of("gemini.api_keys[0].key", "admin.host"), unknown);
    }

    @Test
    void aDifferenceIsToldByItsPathAndWithoutSecrets() {
        JsonNode after =
                YamlEditorTest.tree(
                        """
                        server: {port: 9443}
                        gemini:
                          api_keys:
                            - {id: two, key: '${KEY_TWO}', limits: {m: {requests_per_day: 1}}}
                            - {id: one, key: other-%s, weight: 3}
                        auth: {admin_password: %s, admin_pasword: %s, jwt_secret: ''}
                        """
                                .formatted(KEY, PASSWORD, PASSWORD));
        List<ConfigChange> changes = ConfigChange.between(STORED, after);
        Emissions.OF_THIS_RUN.emitted("the changes", changes.toString());
        assertEquals(
                List.of(
                        "server.port 8443 9443",
                        "server.host \"****\" -",
                        "gemini.api_keys[one].key \"****\" \"****\"",
                        "gemini.api_keys[three].id \"three\" -",
                        "gemini.api_keys[three].key \"****\" -",
                        "gemini.api_keys[three].expires_at \"2027-01-31\" -",
                        "gemini.api_keys[two].limits.m.requests_per_day - 1"),
                changes.stream()
                        .map(it -> it.path() + " " + said(it.before()) + " " + said(it.after()))
                        .toList());
        assertFalse(changes.toString().contains(KEY));
        assertEquals(List.of(), ConfigChange.between(STORED, STORED));
    }

    @Test
    void whatIsSecretInOneOfTwoIsShownInNeither() {
        JsonNode before =
                YamlEditorTest.tree(
                        "{server: {port: 1}, auth: {admin_password: " + PASSWORD + "}}");
        JsonNode after =
                YamlEditorTest.tree("{server: {port: 1, host: " + PASSWORD + "}, auth: {}}");
        for (List<ConfigChange> changes :
                List.of(ConfigChange.between(before, after), ConfigChange.between(after, before))) {
            Emissions.OF_THIS_RUN.emitted("the changes", changes.toString());
            assertFalse(changes.toString().contains(PASSWORD));
            assertEquals(
                    Set.of("server.host", "auth.admin_password", "auth"),
                    changes.stream().map(ConfigChange::path).collect(Collectors.toSet()));
        }
    }

    @Test
    void aSecretThatSlippedIntoANameIsNotShownThere() {
        JsonNode before = YamlEditorTest.tree("{auth: {admin_password: " + PASSWORD + "}}");
        JsonNode after =
                YamlEditorTest.tree(
                        """
                        auth:
                          clients: [{name: '%1$s', models: [a]}]
                          %1$s: {host: b}
                        """
                                .formatted(PASSWORD));
        List<ConfigChange> changes = ConfigChange.between(before, after);
        Emissions.OF_THIS_RUN.emitted("the changes", changes.toString());
        assertEquals(
                List.of(
                        "auth.admin_password \"****\" -",
                        "auth.clients[****].name - \"****\"",
                        "auth.clients[****].models - [\"a\"]",
                        "auth.****.host - \"****\""),
                changes.stream()
                        .map(it -> it.path() + " " + said(it.before()) + " " + said(it.after()))
                        .toList());
        JsonNode shown = Redaction.mask(after, before);
        Emissions.OF_THIS_RUN.emitted("the masked values", shown.toString());
        assertFalse(shown.toString().contains(PASSWORD));
    }

    @Test
    void aSecretThatIsANameOfTheTableHidesNoName() {
        JsonNode before = YamlEditorTest.tree("{auth: {admin_password: admin_password}}");
        JsonNode after = YamlEditorTest.tree("{auth: {admin_password: other-password}}");
        assertEquals("auth.admin_password", ConfigChange.between(before, after).getFirst().path());
    }

    @Test
    void entriesOfOneNameAreToldApartByTheirNumbers() {
        JsonNode before = YamlEditorTest.tree("{auth: {clients: []}}");
        JsonNode after =
                YamlEditorTest.tree(
                        "{auth: {clients: [{name: '1'}, {name: '1'}, {name: '1'}, {name: b}]}}");
        assertEquals(
                List.of(
                        "auth.clients[1].name",
                        "auth.clients[#1].name",
                        "auth.clients[2].name",
                        "auth.clients[b].name"),
                ConfigChange.between(before, after).stream().map(ConfigChange::path).toList());
    }

    private static String said(Optional<JsonNode> value) {
        return value.map(JsonNode::toString).orElse("-");
    }
}
