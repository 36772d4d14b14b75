package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemproxy.server.authentication.AuthenticationResult.Authenticated;
import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private static final long NOW = 1_800_000_000L;
    private static final long EXP = NOW + 3600;
    private static final String MINIMAL = "{\"sub\":\"alice\",\"exp\":" + EXP + "}";
    private static final byte[] KEY = RawToken.SECRET.getBytes(StandardCharsets.UTF_8);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(NOW));
    private final TokenVerifier verifier = verifier(Optional.of(RawToken.SECRET));

    private TokenVerifier verifier(Optional<String> secret) {
        InstantSource clock = now::get;
        return new TokenVerifier(
                new AuthenticationConfig(
                        true, secret.map(Secret::of), Duration.ofSeconds(30), Optional.empty()),
                clock);
    }

    private Client accepted(String token) {
        return assertInstanceOf(Authenticated.class, verifier.verify(token)).client();
    }

    private void assertRefused(Refusal reason, String token) {
        assertEquals(new Refused(reason.name()), verifier.verify(token));
        assertEquals(new Refused(reason.name()), verifier.verify(token), "asked again");
    }

    @Test
    void aTokenWithOnlySubjectAndExpiryIsAClientToken() {
        Client client = accepted(RawToken.hs256(MINIMAL));
        assertEquals("alice", client.id().value());
        assertEquals(Role.CLIENT, client.role());
        assertEquals(List.of(), client.models());
        assertEquals(OptionalInt.empty(), client.limits().requestsPerMinute());
    }

    @Test
    void everyKnownClaimIsRead() {
        Client client =
                accepted(
                        RawToken.hs256(
                                "{\"sub\":\"a|b@c.d\",\"exp\":"
                                        + EXP
                                        + ",\"nbf\":"
                                        + NOW
                                        + ",\"iat\":"
                                        + NOW
                                        + ",\"jti\":\"t-1\",\"iss\":\"https://issuer\",\"aud\":[\"x\",\"gemproxy\"],"
                                        + "\"role\":\"admin\",\"models\":[\"gemini-2.5-*\"],\"rpm\":7,\"tpm\":1000,"
                                        + "\"rpd\":1,\"daily_tokens\":9007199254740992,\"daily_cost_usd\":0.25,"
                                        + "\"unknown\":{\"kept\":[1,null]}}"));
        assertEquals(Role.ADMIN, client.role());
        assertEquals(List.of("gemini-2.5-*"), client.models());
        assertEquals(OptionalInt.of(7), client.limits().requestsPerMinute());
        assertEquals(Optional.of("t-1"), client.tokenId());
    }

    @ParameterizedTest
    @CsvSource({"HS256,HmacSHA256", "HS384,HmacSHA384", "HS512,HmacSHA512"})
    void theThreeHmacAlgorithmsAreAccepted(String algorithm, String mac) {
        accepted(RawToken.signed("{\"alg\":\"" + algorithm + "\"}", MINIMAL, KEY, mac));
    }

    @ParameterizedTest
    @CsvSource({"HS256,HmacSHA512", "HS512,HmacSHA256", "HS384,HmacSHA256", "HS256,HmacSHA1"})
    void anAlgorithmThatDoesNotFitItsSignatureIsRefused(String algorithm, String mac) {
        assertRefused(
                Refusal.TOKEN_SIGNATURE_INVALID,
                RawToken.signed("{\"alg\":\"" + algorithm + "\"}", MINIMAL, KEY, mac));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"none\"", "\"None\"", "\"nOnE\"", "\"NONE\"", "\"\"", "\"hs256\"", "\"HS256 \"",
                        "null",
                "[\"HS256\"]", "256", "true", "{}", "\"RS256\"", "\"ES256\"", "\"PS256\"",
                        "\"EdDSA\"",
                "\"HS1\"", "\"HS256\\u0000\"", "\"dir\"", "\"A128KW\""
            })
    void everyOtherAlgorithmIsRefused(String algorithm) {
        assertRefused(
                Refusal.TOKEN_ALGORITHM_REFUSED,
                RawToken.signed("{\"alg\":" + algorithm + "}", MINIMAL));
    }

    @Test
    void aTokenWithoutAlgorithmIsRefused() {
        assertRefused(Refusal.TOKEN_ALGORITHM_REFUSED, RawToken.signed("{}", MINIMAL));
        assertRefused(
                Refusal.TOKEN_ALGORITHM_REFUSED, RawToken.signed("{\"typ\":\"JWT\"}", MINIMAL));
    }

    @Test
    void anUnsignedTokenIsRefusedInEverySpelling() {
        String body = "." + RawToken.base64(MINIMAL.getBytes(StandardCharsets.UTF_8)) + ".";
        String none = RawToken.base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        String hs256 = RawToken.base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));
        assertRefused(Refusal.TOKEN_MALFORMED, none + body);
        assertRefused(Refusal.TOKEN_MALFORMED, hs256 + body);
        assertRefused(Refusal.TOKEN_SIGNATURE_INVALID, hs256 + body + "AA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[\"exp\"]",
                "\"crit\":[]",
                "\"b64\":false",
                "\"b64\":true",
                "\"jku\":\"http://127.0.0.1:9/k\"",
                "\"x5u\":\"http://127.0.0.1:9/c\"",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "\"x5c\":[\"AAAA\"]",
                "\"x5t\":\"AAAA\"",
                "\"cty\":\"JWT\"",
                "\"zip\":\"DEF\"",
                "\"enc\":\"A128GCM\"",
                "\"epk\":{}",
                "\"typ\":\"JOSE\"",
                "\"typ\":7",
                "\"typ\":null",
                "\"kid\":\"../../dev/null\"",
                "\"kid\":\"' OR 1=1--\"",
                "\"kid\":\"|id\"",
                "\"kid\":\"\\u0000\"",
                "\"kid\":\"http://127.0.0.1:9/\"",
                "\"kid\":\"other\"",
                "\"kid\":1",
                "\"whatever\":1"
            })
    void aHeaderMemberThatIsNotPlainIsRefused(String member) {
        assertRefused(
                Refusal.TOKEN_HEADER_REFUSED,
                RawToken.signed("{\"alg\":\"HS256\"," + member + "}", MINIMAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"\\u0061lg\":\"HS256\"}",
                "\uFEFF{\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\"} x",
                "{\"alg\":\"HS256\"}{}",
                "[\"HS256\"]",
                "\"HS256\"",
                "7",
                "null",
                "{",
                "{\"alg\":\"HS256\",}",
                "{'alg':'HS256'}",
                "{\"alg\":\"HS256\"/**/}",
                "{\"alg\":\"HS256\"}\u0000"
            })
    void aHeaderThatIsNotOneStrictObjectIsRefused(String header) {
        assertRefused(Refusal.TOKEN_JSON_INVALID, RawToken.signed(header, MINIMAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"a\",\"exp\":1900000000,\"exp\":1900000000}",
                "{\"sub\":\"a\",\"sub\":\"b\",\"exp\":1900000000}",
                "{\"sub\":\"a\",\"s\\u0075b\":\"b\",\"exp\":1900000000}",
                "{\"sub\":\"a\",\"exp\":1900000000,\"aud\":\"gemproxy\",\"aud\":\"x\"}",
                "\uFEFF{\"sub\":\"a\",\"exp\":1900000000}",
                "{\"sub\":\"a\",\"exp\":1900000000}garbage",
                "{\"sub\":\"a\",\"exp\":NaN}",
                "{\"sub\":\"a\",\"exp\":0x7fffffff}",
                "{\"sub\":\"a\",\"exp\":01900000000}",
                "{\"sub\":\"a\",\"exp\":+1900000000}",
                "{\"sub\":\"a\",\"exp\":1900000000000000000000000000000000}",
                "[]",
                "",
                " ",
                "null",
                "{\"sub\":\"a\nb\",\"exp\":1900000000}"
            })
    void claimsThatAreNotOneStrictObjectAreRefused(String claims) {
        Refusal expected = claims.isEmpty() ? Refusal.TOKEN_MALFORMED : Refusal.TOKEN_JSON_INVALID;
        assertRefused(expected, RawToken.hs256(claims));
    }

    @Test
    void deepJsonIsRefusedBeforeTheLibraryRecursesIntoIt() {
        String deep = "{\"sub\":\"a\",\"x\":" + "[".repeat(2800) + "]".repeat(2800) + "}";
        assertRefused(Refusal.TOKEN_JSON_INVALID, RawToken.hs256(deep));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] header = "{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8);
        byte[] claims = MINIMAL.getBytes(StandardCharsets.UTF_8);
        claims[8] = (byte) 0xff;
        assertRefused(
                Refusal.TOKEN_JSON_INVALID,
                RawToken.signedBytes(header, claims, KEY, "HmacSHA256"));
        assertRefused(
                Refusal.TOKEN_JSON_INVALID,
                RawToken.signedBytes(
                        header, MINIMAL.getBytes(StandardCharsets.UTF_16BE), KEY, "HmacSHA256"));
    }

    @Test
    void onlyThreeCanonicalSegmentsAreAToken() {
        String token = RawToken.hs256(MINIMAL);
        String[] parts = token.split("\\.", -1);
        for (String malformed :
                List.of(
                        "",
                        ".",
                        "..",
                        "...",
                        parts[0] + "." + parts[1],
                        token + ".",
                        token + ".AA",
                        token + "..AA",
                        "." + token,
                        token + "=",
                        token + " ",
                        " " + token,
                        token + "\n",
                        "\uFEFF" + token,
                        token.replace('.', ','),
                        parts[0] + ".." + parts[2],
                        parts[0] + "=." + parts[1] + "." + parts[2],
                        "Bearer " + token,
                        token + "\u0000",
                        token.substring(0, 5) + "\r\n" + token.substring(5),
                        token + "é",
                        "AIzaSyNotAToken")) {
            assertRefused(Refusal.TOKEN_MALFORMED, malformed);
        }
    }

    @Test
    void theOtherBase64AlphabetIsRefusedEvenWhenSigned() {
        String header = RawToken.base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));
        String claims =
                RawToken.base64(
                        ("{\"sub\":\"a\",\"exp\":" + EXP + ",\"x\":\"???>>>~~~\"}")
                                .getBytes(StandardCharsets.UTF_8));
        String other = claims.replace('-', '+').replace('_', '/');
        assertRefused(
                Refusal.TOKEN_MALFORMED,
                RawToken.signedText(header + "." + other, KEY, "HmacSHA256"));
        assertRefused(
                Refusal.TOKEN_MALFORMED,
                RawToken.signedText(header + "." + claims + "==", KEY, "HmacSHA256"));
    }

    @Test
    void unusedBitsOfTheLastCharacterAreNotAnotherSpelling() {
        String token = RawToken.hs256(MINIMAL);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        accepted(token);
        String head = token.substring(0, token.length() - 1);
        char last = token.charAt(token.length() - 1);
        for (int i = 0; i < alphabet.length(); i++) {
            char c = alphabet.charAt(i);
            if (c != last) {
                assertInstanceOf(Refused.class, verifier.verify(head + c), "last character " + c);
            }
        }
    }

    @Test
    void everySingleBitOfATokenCounts() {
        String token = RawToken.hs256(MINIMAL);
        for (int at = 0; at < token.length(); at++) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            assertInstanceOf(Refused.class, verifier.verify(changed), "character " + at);
        }
    }

    @Test
    void aTokenAboveEightKilobytesIsRefused() {
        String claims = "{\"sub\":\"a\",\"exp\":" + EXP + ",\"x\":\"" + "y".repeat(5000) + "\"}";
        accepted(RawToken.hs256(claims));
        assertRefused(
                Refusal.TOKEN_MALFORMED,
                RawToken.hs256(claims.replace("y", "yyyy").replace("x", "xx")));
        assertRefused(Refusal.TOKEN_MALFORMED, "a".repeat(1 << 20));
    }

    @Test
    void anotherSecretOrNoneIsRefused() {
        String claims = MINIMAL;
        for (String secret :
                List.of("another-secret-0123456789-0123456789", RawToken.SECRET + "0", "x")) {
            assertRefused(
                    Refusal.TOKEN_SIGNATURE_INVALID,
                    RawToken.signed(
                            "{\"alg\":\"HS256\"}",
                            claims,
                            secret.getBytes(StandardCharsets.UTF_8),
                            "HmacSHA256"));
        }
        assertEquals(
                new Refused("TOKEN_UNVERIFIABLE"),
                verifier(Optional.empty()).verify(RawToken.hs256(claims)));
    }

    @ParameterizedTest
    @CsvSource({
        "exp, -31, TOKEN_EXPIRED", "exp, -30, TOKEN_EXPIRED", "exp, -29, ", "exp, 1, ",
        "nbf, 30, ", "nbf, 31, TOKEN_NOT_YET_VALID", "iat, 30, ", "iat, 31, TOKEN_NOT_YET_VALID",
        "nbf, -99999, ", "iat, -99999, "
    })
    void timesHoldOnlyWithinTheSkew(String claim, long offset, String refusal) {
        String exp = claim.equals("exp") ? "" : ",\"exp\":" + EXP;
        String token =
                RawToken.hs256("{\"sub\":\"a\",\"" + claim + "\":" + (NOW + offset) + exp + "}");
        if (refusal == null) {
            accepted(token);
        } else {
            assertRefused(Refusal.valueOf(refusal), token);
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
            String exp = claim.equals("exp") ? "" : ",\"exp\":" + EXP;
            assertRefused(
                    Refusal.TOKEN_CLAIM_INVALID,
                    RawToken.hs256("{\"sub\":\"a\",\"" + claim + "\":" + value + exp + "}"));
        }
    }

    @Test
    void aFractionOfASecondIsADate() {
        accepted(
                RawToken.hs256("{\"sub\":\"a\",\"exp\":" + EXP + ".5,\"iat\":" + NOW + ".123456}"));
        assertRefused(
                Refusal.TOKEN_EXPIRED,
                RawToken.hs256("{\"sub\":\"a\",\"exp\":" + (NOW - 31) + ".999}"));
    }

    @Test
    void subjectAndExpiryMustBeThere() {
        assertRefused(Refusal.TOKEN_CLAIM_MISSING, RawToken.hs256("{\"exp\":" + EXP + "}"));
        assertRefused(Refusal.TOKEN_CLAIM_MISSING, RawToken.hs256("{\"sub\":\"a\"}"));
        assertRefused(Refusal.TOKEN_CLAIM_MISSING, RawToken.hs256("{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sub\":\"\"",
                "\"sub\":7",
                "\"sub\":null",
                "\"sub\":[\"a\"]",
                "\"sub\":\" a\"",
                "\"sub\":\"a\\n\"",
                "\"sub\":\"a\\u2028b\"",
                "\"sub\":\"a\\u202eb\"",
                "\"sub\":\"a\\ud800b\"",
                "\"sub\":\"a\\u0000\"",
                "\"sub\":\"a\\\"b\"",
                "\"sub\":\"<a>\"",
                "\"sub\":\"a\\u001b[2J\"",
                "\"sub\":\"a\",\"role\":\"root\"",
                "\"sub\":\"a\",\"role\":\"Admin\"",
                "\"sub\":\"a\",\"role\":null",
                "\"sub\":\"a\",\"role\":[\"admin\"]",
                "\"sub\":\"a\",\"models\":[]",
                "\"sub\":\"a\",\"models\":\"*\"",
                "\"sub\":\"a\",\"models\":[7]",
                "\"sub\":\"a\",\"models\":[\"\"]",
                "\"sub\":\"a\",\"models\":null",
                "\"sub\":\"a\",\"rpm\":0",
                "\"sub\":\"a\",\"rpm\":-1",
                "\"sub\":\"a\",\"rpm\":1.5",
                "\"sub\":\"a\",\"rpm\":\"60\"",
                "\"sub\":\"a\",\"rpm\":2147483648",
                "\"sub\":\"a\",\"rpm\":null",
                "\"sub\":\"a\",\"tpm\":0",
                "\"sub\":\"a\",\"rpd\":\"1\"",
                "\"sub\":\"a\",\"daily_tokens\":9007199254740993",
                "\"sub\":\"a\",\"daily_cost_usd\":-0.01",
                "\"sub\":\"a\",\"daily_cost_usd\":\"1\"",
                "\"sub\":\"a\",\"daily_cost_usd\":1e400",
                "\"sub\":\"a\",\"jti\":7",
                "\"sub\":\"a\",\"jti\":\"a b\"",
                "\"sub\":\"a\",\"iss\":[]",
                "\"sub\":\"a\",\"aud\":7",
                "\"sub\":\"a\",\"aud\":[]",
                "\"sub\":\"a\",\"aud\":null"
            })
    void claimsOfAWrongTypeOrRangeAreRefused(String claims) {
        assertRefused(
                Refusal.TOKEN_CLAIM_INVALID,
                RawToken.hs256("{" + claims + ",\"exp\":" + EXP + "}"));
    }

    @Test
    void aSubjectMayHaveUpTo128Characters() {
        accepted(RawToken.hs256("{\"sub\":\"" + "a".repeat(128) + "\",\"exp\":" + EXP + "}"));
        assertRefused(
                Refusal.TOKEN_CLAIM_INVALID,
                RawToken.hs256("{\"sub\":\"" + "a".repeat(129) + "\",\"exp\":" + EXP + "}"));
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        assertRefused(
                Refusal.TOKEN_AUDIENCE_REFUSED,
                RawToken.hs256("{\"sub\":\"a\",\"aud\":\"billing\",\"exp\":" + EXP + "}"));
        assertRefused(
                Refusal.TOKEN_AUDIENCE_REFUSED,
                RawToken.hs256("{\"sub\":\"a\",\"aud\":[\"x\",\"Gemproxy\"],\"exp\":" + EXP + "}"));
    }

    @Test
    void aCachedTokenDoesNotOutliveItsExpiry() {
        String token = RawToken.hs256(MINIMAL);
        accepted(token);
        now.set(Instant.ofEpochSecond(EXP + 30).minusNanos(1));
        accepted(token);
        now.set(Instant.ofEpochSecond(EXP + 30));
        assertRefused(Refusal.TOKEN_EXPIRED, token);
    }

    @Test
    void aClockThatJumpsBackMakesACachedTokenWaitAgain() {
        String token = RawToken.hs256("{\"sub\":\"a\",\"exp\":" + EXP + ",\"nbf\":" + NOW + "}");
        accepted(token);
        now.set(Instant.ofEpochSecond(NOW - 3600));
        assertRefused(Refusal.TOKEN_NOT_YET_VALID, token);
    }

    @Test
    void aSkewOutOfRangeIsAProgrammingError() {
        for (Duration skew : List.of(Duration.ofSeconds(-1), Duration.ofMinutes(5).plusNanos(1))) {
            AuthenticationConfig config =
                    new AuthenticationConfig(true, Optional.empty(), skew, Optional.empty());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new TokenVerifier(config, InstantSource.system()));
        }
    }
}
