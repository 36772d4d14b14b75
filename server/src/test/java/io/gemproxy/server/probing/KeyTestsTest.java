package io.gemproxy.server.probing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.probing.KeyTests.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KeyTestsTest {
    private final ScriptedGoogle google = new ScriptedGoogle();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final KeyTests tests = new KeyTests(google, new Ladder(google, () -> 0), () -> now);

    @Test
    void aTestTellsThePoolAndGeneratesOnlyWhenAsked() {
        assertInstanceOf(Verdict.Tested.class, test(false));
        assertEquals(List.of(Rung.MODELS_LIST, Rung.COUNT_TOKENS), google.rungs());
        assertEquals(List.of("spare success"), google.learnt);

        assertInstanceOf(Verdict.Tested.class, test(true));
        assertEquals(Rung.GENERATE_ONE_TOKEN, google.rungs().getLast());
    }

    @Test
    void generatesNoMoreThanAHundredthOfTheDaysRequests() {
        google.daily = OptionalLong.of(250);

        test(true);
        test(true);

        assertEquals(2, assertInstanceOf(Verdict.NoMoreToday.class, test(true)).generated());
        assertInstanceOf(Verdict.Tested.class, test(false));
        assertEquals(2, generated());
    }

    @Test
    void generatesOnceWhereAHundredthIsLessThanOne() {
        google.daily = OptionalLong.of(20);

        assertInstanceOf(Verdict.Tested.class, test(true));
        assertInstanceOf(Verdict.NoMoreToday.class, test(true));
    }

    @Test
    void theShareIsThereAgainWhenTheDayOfLosAngelesEnds() {
        google.daily = OptionalLong.of(20);
        test(true);
        now = Instant.parse("2026-11-22T07:59:59Z");
        assertInstanceOf(Verdict.NoMoreToday.class, test(true));

        now = Instant.parse("2026-11-22T08:00:00Z");

        assertInstanceOf(Verdict.Tested.class, test(true));
    }

    @Test
    void whatIsNotKnownIsBoundedToo() {
        for (int i = 0; i < 10; i++) {
            assertInstanceOf(Verdict.Tested.class, test(true));
        }
        assertInstanceOf(Verdict.NoMoreToday.class, test(true));
    }

    @Test
    void aThirdTestAtOnceIsToldToComeBack() {
        Verdict[] innermost = new Verdict[1];
        google.whileAsked =
                () -> {
                    google.whileAsked =
                            () -> {
                                google.whileAsked = () -> {};
                                innermost[0] = test(false);
                            };
                    test(false);
                };

        test(false);

        assertInstanceOf(Verdict.Busy.class, innermost[0]);
        assertInstanceOf(Verdict.Tested.class, test(false));
    }

    @Test
    void aRefusalIsTheVerdictAndThePoolHearsIt() {
        google.answers.put(Rung.COUNT_TOKENS, new AttemptOutcome.ServerFault(500));

        Verdict.Tested tested = assertInstanceOf(Verdict.Tested.class, test(true));

        assertEquals(2, tested.steps().size());
        assertEquals(List.of("spare server_fault"), google.learnt);
    }

    private Verdict test(boolean generate) {
        return tests.test(ScriptedGoogle.KEY, generate);
    }

    private long generated() {
        return google.rungs().stream().filter(Rung.GENERATE_ONE_TOKEN::equals).count();
    }
}
