package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.AuthenticationResult.Authenticated;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenIssuerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final TokenIssuer issuer =
            new TokenIssuer(Secret.of(RawToken.SECRET), new SplittableRandom(7), clock);
    private final TokenVerifier verifier =
            new TokenVerifier(
                    new AuthenticationConfig(
                            true,
                            Optional.of(Secret.of(RawToken.SECRET)),
                            List.of(),
                            Duration.ZERO,
                            Optional.empty()),
                    clock);

    private static TokenGrant everything() {
        return new TokenGrant(
                "team-a",
                Duration.ofDays(30),
                Role.ADMIN,
                List.of("gemini-2.5-flash*", "gemini-embedding-*"),
                OptionalInt.of(60),
                OptionalLong.of(100_000),
                OptionalLong.of(1_000),
                OptionalLong.of(5_000_000_000L),
                Optional.of(new BigDecimal("12.50")));
    }

    @Test
    void anIssuedTokenIsVerifiedWithAllItSays() {
        Client client =
                assertInstanceOf(Authenticated.class, verifier.verify(issuer.issue(everything())))
                        .client();
        assertEquals("team-a", client.id().value());
        assertEquals(Role.ADMIN, client.role());
        assertEquals(List.of("gemini-2.5-flash*", "gemini-embedding-*"), client.models());
        assertEquals(OptionalInt.of(60), client.limits().requestsPerMinute());
        assertTrue(client.tokenId().isPresent());
    }

    @Test
    void anInspectionShowsEveryClaimWithoutTheSecret() {
        TokenInspection seen = TokenInspection.of(issuer.issue(everything()), NOW).orElseThrow();
        assertEquals("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", sorted(seen.header()));
        for (String member :
                List.of(
                        "\"sub\":\"team-a\"",
                        "\"role\":\"admin\"",
                        "\"rpm\":60",
                        "\"tpm\":100000",
                        "\"rpd\":1000",
                        "\"daily_tokens\":5000000000",
                        "\"daily_cost_usd\":12.50",
                        "\"iat\":1800000000",
                        "\"exp\":1802592000",
                        "\"models\":[\"gemini-2.5-flash*\",\"gemini-embedding-*\"]")) {
            assertTrue(seen.claims().contains(member), member + " in " + seen.claims());
        }
        assertEquals(Optional.of(NOW.plus(Duration.ofDays(30))), seen.expiresAt());
    }

    private static String sorted(String header) {
        return header.startsWith("{\"typ\"") ? "{\"alg\":\"HS256\",\"typ\":\"JWT\"}" : header;
    }

    @Test
    void aPlainClientTokenSaysNoMoreThanItMust() {
        String token = issuer.issue(TokenGrant.of("bob", Duration.ofHours(1), Role.CLIENT));
        String claims = TokenInspection.of(token, NOW).orElseThrow().claims();
        for (String absent : List.of("role", "models", "rpm", "tpm", "rpd", "daily")) {
            assertFalse(claims.contains(absent), claims);
        }
    }

    @Test
    void twoTokensNeverShareAnId() {
        TokenGrant grant = TokenGrant.of("bob", Duration.ofHours(1), Role.CLIENT);
        assertNotEquals(issuer.issue(grant), issuer.issue(grant));
    }

    @Test
    void aTokenTheVerifierWouldRefuseIsNotIssued() {
        for (TokenGrant grant :
                List.of(
                        TokenGrant.of("", Duration.ofHours(1), Role.CLIENT),
                        TokenGrant.of("a\nb", Duration.ofHours(1), Role.CLIENT),
                        TokenGrant.of("a", Duration.ZERO, Role.CLIENT),
                        TokenGrant.of("a", Duration.ofHours(-1), Role.CLIENT))) {
            assertThrows(IllegalArgumentException.class, () -> issuer.issue(grant));
        }
    }

    @Test
    void anInspectionTellsWhereInItsLifeATokenIs() {
        String token = issuer.issue(TokenGrant.of("bob", Duration.ofHours(1), Role.CLIENT));
        assertEquals(TokenInspection.State.LIVE, state(token, NOW));
        assertEquals(TokenInspection.State.EXPIRED, state(token, NOW.plusSeconds(3600)));
        assertEquals(TokenInspection.State.NOT_YET_VALID, state(token, NOW.minusSeconds(1)));
        assertEquals(
                TokenInspection.State.WITHOUT_EXPIRY,
                state(RawToken.hs256("{\"sub\":\"a\"}"), NOW));
        assertEquals(Optional.empty(), TokenInspection.of("AIzaSyNotAToken", NOW));
    }

    private static TokenInspection.State state(String token, Instant now) {
        return TokenInspection.of(token, now).orElseThrow().state();
    }

    @Test
    void lifetimesAreReadAsPeopleWriteThem() {
        assertEquals(Optional.of(Duration.ofDays(30)), TokenLifetime.parse("30d"));
        assertEquals(Optional.of(Duration.ofHours(12)), TokenLifetime.parse("12h"));
        assertEquals(Optional.of(Duration.ofMinutes(90)), TokenLifetime.parse("90m"));
        assertEquals(Optional.of(Duration.ofSeconds(45)), TokenLifetime.parse("45s"));
        assertEquals(Optional.of(Duration.ofDays(3650)), TokenLifetime.parse("3650d"));
        for (String wrong :
                List.of(
                        "",
                        "30",
                        "d",
                        "0d",
                        "-1d",
                        "+1d",
                        "1.5h",
                        "3651d",
                        "999999999d",
                        "1w",
                        "1D",
                        " 1d",
                        "1d1h",
                        "٣d")) {
            assertEquals(Optional.empty(), TokenLifetime.parse(wrong), wrong);
        }
    }

    @Test
    void onlyTheConfiguredAdminPasswordMatches() {
        String right = Emissions.OF_THIS_RUN.secret("the admin password", "correct horse battery");
        AdminPassword password = new AdminPassword(config(Optional.of(right)));
        assertTrue(password.matches(Secret.of(right)));
        for (String wrong :
                List.of(
                        "",
                        "correct horse batter",
                        "correct horse batteryy",
                        "Correct horse battery")) {
            assertFalse(password.matches(Secret.of(wrong)));
        }
        assertFalse(new AdminPassword(config(Optional.empty())).matches(Secret.of("")));
    }

    private static AuthenticationConfig config(Optional<String> password) {
        return new AuthenticationConfig(
                true, Optional.empty(), List.of(), Duration.ZERO, password.map(Secret::of));
    }
}
