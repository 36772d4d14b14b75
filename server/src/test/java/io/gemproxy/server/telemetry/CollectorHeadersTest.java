package io.gemproxy.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields as OpenTelemetry's own variable writes them. */
final class CollectorHeadersTest {
    @Test
    void pairsAreReadAndValuesDecoded() {
        assertEquals(
                Optional.of(Map.of("Authorization", "Basic YWI6Yw==", "x-team", "a+b")),
                CollectorHeaders.parse("Authorization=Basic%20YWI6Yw== , x-team=a+b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "a",
                "a=",
                "=b",
                "a=b,",
                "a=b,a=c",
                "a=b,A=c",
                "Host=x",
                "content-type=x",
                "a b=c",
                "a=%0d%0ax",
                "a=%zz"
            })
    void whatIsNotWrittenSoIsRefused(String text) {
        assertEquals(Optional.empty(), CollectorHeaders.parse(text));
    }
}
