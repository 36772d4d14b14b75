package io.gemproxy.server.listener.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpChallengesTest {
    private final HttpChallenges challenges = new HttpChallenges();

    @Test
    void onlyTheOfferedTokenIsAnswered() {
        challenges.offer("aB3_-", "aB3_-.thumb");

        assertEquals(Optional.of("aB3_-.thumb"), challenges.answer("aB3_-"));
        assertEquals(Optional.empty(), challenges.answer("ab3_-"));
        assertEquals(Optional.empty(), challenges.answer("aB3_"));
        assertEquals(Optional.empty(), challenges.answer("aB3_-/"));
        assertEquals(Optional.empty(), challenges.answer(""));
    }

    @Test
    void whatIsWithdrawnIsAnsweredNoMore() {
        challenges.offer("one", "one.thumb");
        challenges.offer("two", "two.thumb");

        challenges.withdraw("one");

        assertEquals(Optional.empty(), challenges.answer("one"));
        assertEquals(Optional.of("two.thumb"), challenges.answer("two"));
    }

    @Test
    void theOldestGoesWhenThereAreTooMany() {
        for (int n = 0; n <= HttpChallenges.MOST; n++) {
            challenges.offer("token" + n, "token" + n + ".thumb");
        }

        assertEquals(Optional.empty(), challenges.answer("token0"));
        assertEquals(Optional.of("token1.thumb"), challenges.answer("token1"));
        String last = "token" + HttpChallenges.MOST;
        assertEquals(Optional.of(last + ".thumb"), challenges.answer(last));
    }

    @Test
    void offeringATokenAgainMakesItTheYoungest() {
        for (int n = 0; n < HttpChallenges.MOST; n++) {
            challenges.offer("token" + n, "first");
        }
        challenges.offer("token0", "second");
        challenges.offer("more", "more.thumb");

        assertEquals(Optional.of("second"), challenges.answer("token0"));
        assertEquals(Optional.empty(), challenges.answer("token1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", "a.b", "a b", "a%2e", "ä", "a\n"})
    void aTokenOfOtherCharactersIsRefused(String token) {
        assertThrows(IllegalArgumentException.class, () -> challenges.offer(token, "fine"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nb", "<script>", "ä"})
    void anAuthorizationOfOtherCharactersIsRefused(String authorization) {
        assertThrows(
                IllegalArgumentException.class, () -> challenges.offer("token", authorization));
        assertEquals(Optional.empty(), challenges.answer("token"));
    }
}
