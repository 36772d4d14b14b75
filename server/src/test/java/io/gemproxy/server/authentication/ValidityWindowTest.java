package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a token holds. */
class ValidityWindowTest {
    private final VerifierRig rig = new VerifierRig();

    @ParameterizedTest
    @CsvSource({
        "exp, -31, TOKEN_EXPIRED", "exp, -30, TOKEN_EXPIRED", "exp, -29, ", "exp, 1, ",
        "nbf, 30, ", "nbf, 31, TOKEN_NOT_YET_VALID", "iat, 30, ", "iat, 31, TOKEN_NOT_YET_VALID",
        "nbf, -99999, ", "iat, -99999, "
    })
    void timesHoldOnlyWithinTheSkew(String claim, long offset, String refusal) {
        String exp = claim.equals("exp") ? "" : ",\"exp\":" + VerifierRig.EXP;
        String token =
                RawToken.hs256(
                        "{\"sub\":\"a\",\""
                                + claim
                                + "\":"
                                + (VerifierRig.NOW + offset)
                                + exp
                                + "}");
        if (refusal == null) {
            rig.accepted(token);
        } else {
            rig.assertRefused(Refusal.valueOf(refusal), token);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1900000000\"",
                "null",
                "true",
                "[1900000000]",
                "{}",
                "-1",
                "-1900000000",
                "1e400",
                "1e-400",
                "19e8",
                "1.9E9",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551616",
                "253402300800",
                "1e999999999",
                "1e-999999999"
            })
    void datesThatAreNoDatesAreRefused(String value) {
        for (String claim : List.of("exp", "nbf", "iat")) {
            String exp = claim.equals("exp") ? "" : ",\"exp\":" + VerifierRig.EXP;
            rig.assertRefused(
                    Refusal.TOKEN_CLAIM_INVALID,
                    RawToken.hs256("{\"sub\":\"a\",\"" + claim + "\":" + value + exp + "}"));
        }
    }

    @Test
    void aFractionOfASecondIsADate() {
        rig.accepted(
                RawToken.hs256(
                        "{\"sub\":\"a\",\"exp\":"
                                + VerifierRig.EXP
                                + ".5,\"iat\":"
                                + VerifierRig.NOW
                                + ".123456}"));
        rig.assertRefused(
                Refusal.TOKEN_EXPIRED,
                RawToken.hs256("{\"sub\":\"a\",\"exp\":" + (VerifierRig.NOW - 31) + ".999}"));
    }

    @Test
    void aSkewOutOfRangeIsAProgrammingError() {
        for (Duration skew : List.of(Duration.ofSeconds(-1), Duration.ofMinutes(5).plusNanos(1))) {
            AuthenticationConfig config =
                    new AuthenticationConfig(
                            true, Optional.empty(), List.of(), skew, Optional.empty());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new TokenVerifier(config, InstantSource.system()));
        }
    }
}
