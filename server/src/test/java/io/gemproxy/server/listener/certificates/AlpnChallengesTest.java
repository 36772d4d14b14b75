package io.gemproxy.server.listener.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlpnChallengesTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private static Path dir;
    private static ServedCertificate one;
    private static ServedCertificate two;

    private final AlpnChallenges challenges = new AlpnChallenges();

    @BeforeAll
    static void certificates() throws Exception {
        one = certificate("one");
        two = certificate("two");
    }

    @Test
    void eachNameIsShownItsOwn() {
        challenges.offer("one.example", one);
        challenges.offer("two.example", two);

        assertEquals(Optional.of(one), challenges.answer("one.example"));
        assertEquals(Optional.of(two), challenges.answer("two.example"));
        assertEquals(Optional.empty(), challenges.answer("three.example"));
        assertEquals(Optional.empty(), challenges.answer("example"));
        assertEquals(Optional.empty(), challenges.answer(""));
    }

    @Test
    void caseAndATrailingDotDoNotMatter() {
        challenges.offer("One.Example.", one);

        assertEquals(Optional.of(one), challenges.answer("oNE.exAMple"));
        challenges.withdraw("ONE.example");
        assertEquals(Optional.empty(), challenges.answer("one.example."));
    }

    @Test
    void theNextOneOfANameTakesThePlaceOfTheOneBefore() {
        challenges.offer("one.example", one);
        challenges.offer("one.example", two);

        assertEquals(Optional.of(two), challenges.answer("one.example"));
    }

    @Test
    void theOldestGoesWhenThereAreTooMany() {
        for (int n = 0; n <= AlpnChallenges.MOST; n++) {
            challenges.offer(n + ".example", one);
        }

        assertEquals(Optional.empty(), challenges.answer("0.example"));
        assertEquals(Optional.of(one), challenges.answer("1.example"));
    }

    private static ServedCertificate certificate(String name) throws Exception {
        Path certificate = dir.resolve(name + ".crt");
        Path key = dir.resolve(name + ".key");
        SelfSignedCertificate.create(
                        List.of(name + ".example"),
                        Duration.ofDays(1),
                        InstantSource.system(),
                        RANDOM)
                .write(certificate, key, false);
        return ServedCertificate.load(certificate, key, RANDOM);
    }
}
