package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'ttl':'7200s'}                          | PT2H",
                "{'ttl':'1.5s','contents':[{'ttl':'9s'}]} | PT1.5S",
                "{'expireTime':'2026-11-21T15:00:00Z'}    | PT3H",
                "{'expire_time':'2026-11-21T15:00:00Z'}   | PT3H",
                "{'expireTime':'2026-11-20T15:00:00Z'}    | PT0S",
                "{'ttl':'soon'}                           | PT1H",
                "{'ttl':'7200'}                           | PT1H",
                "{'expireTime':'never'}                   | PT1H",
                "{}                                       | PT1H",
                "no JSON                                  | PT1H"
            },
            quoteCharacter = '`')
    void theRequestSaysHowLongACacheIsKept(String body, String kept) {
        byte[] text = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        assertEquals(Duration.parse(kept), CacheTime.find(text, NOW));
    }
}
