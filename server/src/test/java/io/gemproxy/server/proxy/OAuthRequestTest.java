package io.gemproxy.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OAuthRequestTest {
    private static final String GRANT = "grant_type=client_credentials";

    @Test
    void theSecretMayStandInTheForm() {
        OAuthRequest request =
                read(GRANT + "&client_id=a%20b&client_secret=s%2Bx&scope=operation%3Aembed+x");
        assertEquals(new ClientId("a b"), request.client());
        assertEquals(Secret.of("s+x"), request.secret());
        assertEquals(Optional.of("operation:embed x"), request.scope());
    }

    @Test
    void orInTheHeaderWhereBothHalvesAreEncoded() {
        OAuthRequest request = read(GRANT, basic("team%3Aa+b:s%3Ax"));
        assertEquals(new ClientId("team:a b"), request.client());
        assertEquals(Secret.of("s:x"), request.secret());
    }

    @ParameterizedTest
    @CsvSource({
        "client_id=a&client_secret=s, invalid_request",
        "grant_type=password&client_id=a&client_secret=s, unsupported_grant_type",
        "grant_type=client_credentials, invalid_client",
        "grant_type=client_credentials&client_id=a, invalid_client",
        "grant_type=client_credentials&client_id=a&client_secret=, invalid_client",
        "grant_type=client_credentials&client_id=+&client_secret=s, invalid_client"
    })
    void whatIsMissingIsToldInTheWordsOfTheStandard(String form, String error) {
        assertEquals(error, assertThrows(OAuthRefused.class, () -> read(form)).error());
    }

    @Test
    void twoWaysAtOnceAreRefused() {
        assertEquals(
                "invalid_request", error(GRANT + "&client_id=a&client_secret=s", basic("a:s")));
        assertEquals("invalid_request", error(GRANT, basic("a:s"), basic("a:s")));
        assertEquals("invalid_request", error(GRANT + "&client_id=b", basic("a:s")));
        assertEquals(new ClientId("a"), read(GRANT + "&client_id=a", basic("a:s")).client());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Basic", "Basic !!", "Basic YQ==", "Basic JTpz"})
    void aHeaderThatCannotBeReadNamesNobody(String header) {
        assertEquals("invalid_client", error(GRANT, header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1&a=2",
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%ff",
                "a=\u0001",
                "a=1&&b=2&=",
                "a=\u00e9"
            })
    void aFormThatIsNotStrictIsNone(String form) {
        assertFalse(FormBody.of(form.getBytes(StandardCharsets.UTF_8)).isPresent(), form);
    }

    private static String error(String form, String... authorization) {
        return assertThrows(OAuthRefused.class, () -> read(form, authorization)).error();
    }

    private static OAuthRequest read(String form, String... authorization) {
        FormBody body = FormBody.of(form.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        return OAuthRequest.of(body, List.of(authorization));
    }

    private static String basic(String pair) {
        return "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }
}
