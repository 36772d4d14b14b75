package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestedTierTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{\"contents\":[],\"serviceTier\":\"flex\"} | FLEX",
                "{\"service_tier\":\"priority\",\"contents\":[]} | PRIORITY",
                "{\"s\\u0065rviceTier\":\"priority\"} | PRIORITY",
                "{\"service\\u0054ier\":\"pr\\u0069ority\"} | PRIORITY",
                "{serviceTier:'priority'} | PRIORITY",
                "{\"serviceTier\":\"flex\",\"serviceTier\":\"priority\"} | PRIORITY",
                "{\"serviceTier\":\"flex\", cut | FLEX",
                "{\"generationConfig\":{\"serviceTier\":\"flex\"}} | NONE",
                "{\"contents\":[{\"parts\":[{\"text\":\"serviceTier\"}]}]} | NONE",
                "{\"serviceTier\":\"auto\"} | NONE",
                "{\"serviceTier\":7} | NONE",
                "nothing | NONE",
            })
    void readsTheTierThatTheBodyAsksFor(String body, String tier) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Optional<ServiceTier> asked =
                tier.equals("NONE") ? Optional.empty() : Optional.of(ServiceTier.valueOf(tier));
        assertEquals(asked, RequestedTier.find(bytes));
        for (Dialect dialect : Dialect.values()) {
            assertEquals(asked, OutputBound.find(bytes, dialect).tier());
        }
    }
}
