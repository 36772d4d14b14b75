package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reference brings into a place where it does not belong may be any secret. */
class ReferredValuesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sunshine-mountain | logging: {level: '${DB}'}",
                "4711 | logging: {level: '${DB}'}",
                "999999999 | server: {port: '${DB}'}",
                "sunshine-mountain | auth: {jwks: [{issuer: a, algorithms: ['${DB}']}]}",
                "sunshine-mountain | auth: {clients: [{name: a, operations: ['${DB}']}]}"
            })
    void areNeverRepeated(String value, String text) {
        String said = said(text, value);
        assertFalse(said.contains(value), said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = "loud | logging: {level: loud}")
    void whatStandsInTheFileIs(String value, String text) {
        assertTrue(said(text, "").contains('"' + value + '"'));
    }

    private static String said(String text, String value) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ConfigResult result =
                new ConfigLoader(() -> Instant.EPOCH)
                        .load(
                                new ConfigRequest(
                                        new ConfigSource.Given(
                                                "proxy.yaml", new ByteArrayInputStream(bytes)),
                                        List.of(),
                                        Map.of("DB", value),
                                        Path.of("")));
        return String.join("\n", ConfigText.lines(result.findings()));
    }
}
