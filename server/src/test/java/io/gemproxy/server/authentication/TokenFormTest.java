package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three canonical segments of strict JSON, or no token. */
class TokenFormTest {
    private final VerifierRig rig = new VerifierRig();

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
        rig.assertRefused(Refusal.TOKEN_JSON_INVALID, RawToken.signed(header, VerifierRig.MINIMAL));
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
        rig.assertRefused(expected, RawToken.hs256(claims));
    }

    @Test
    void deepJsonIsRefusedBeforeTheLibraryRecursesIntoIt() {
        String deep = "{\"sub\":\"a\",\"x\":" + "[".repeat(2800) + "]".repeat(2800) + "}";
        rig.assertRefused(Refusal.TOKEN_JSON_INVALID, RawToken.hs256(deep));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] header = "{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8);
        byte[] claims = VerifierRig.MINIMAL.getBytes(StandardCharsets.UTF_8);
        claims[8] = (byte) 0xff;
        rig.assertRefused(
                Refusal.TOKEN_JSON_INVALID,
                RawToken.signedBytes(header, claims, VerifierRig.KEY, "HmacSHA256"));
        rig.assertRefused(
                Refusal.TOKEN_JSON_INVALID,
                RawToken.signedBytes(
                        header,
                        VerifierRig.MINIMAL.getBytes(StandardCharsets.UTF_16BE),
                        VerifierRig.KEY,
                        "HmacSHA256"));
    }

    @Test
    void onlyThreeCanonicalSegmentsAreAToken() {
        String token = RawToken.hs256(VerifierRig.MINIMAL);
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
            rig.assertRefused(Refusal.TOKEN_MALFORMED, malformed);
        }
    }

    @Test
    void theOtherBase64AlphabetIsRefusedEvenWhenSigned() {
        String header = RawToken.base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));
        String claims =
                RawToken.base64(
                        ("{\"sub\":\"a\",\"exp\":" + VerifierRig.EXP + ",\"x\":\"???>>>~~~\"}")
                                .getBytes(StandardCharsets.UTF_8));
        String other = claims.replace('-', '+').replace('_', '/');
        rig.assertRefused(
                Refusal.TOKEN_MALFORMED,
                RawToken.signedText(header + "." + other, VerifierRig.KEY, "HmacSHA256"));
        rig.assertRefused(
                Refusal.TOKEN_MALFORMED,
                RawToken.signedText(header + "." + claims + "==", VerifierRig.KEY, "HmacSHA256"));
    }

    @Test
    void unusedBitsOfTheLastCharacterAreNotAnotherSpelling() {
        String token = RawToken.hs256(VerifierRig.MINIMAL);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        rig.accepted(token);
        String head = token.substring(0, token.length() - 1);
        char last = token.charAt(token.length() - 1);
        for (int i = 0; i < alphabet.length(); i++) {
            char c = alphabet.charAt(i);
            if (c != last) {
                assertInstanceOf(Refused.class, rig.verify(head + c), "last character " + c);
            }
        }
    }

    @Test
    void aTokenAboveEightKilobytesIsRefused() {
        String claims =
                "{\"sub\":\"a\",\"exp\":"
                        + VerifierRig.EXP
                        + ",\"x\":\""
                        + "y".repeat(5000)
                        + "\"}";
        rig.accepted(RawToken.hs256(claims));
        rig.assertRefused(
                Refusal.TOKEN_MALFORMED,
                RawToken.hs256(claims.replace("y", "yyyy").replace("x", "xx")));
        rig.assertRefused(Refusal.TOKEN_MALFORMED, "a".repeat(1 << 20));
    }
}
