package io.gemproxy.server.probing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.KeyId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeRoundsTest {
    private final ScriptedGoogle google = new ScriptedGoogle();
    private final ProbeRounds rounds =
            new ProbeRounds(google, new Ladder(google, () -> 0), new Random(7));

    @Test
    void asksNothingWhereNothingIsDue() {
        rounds.run();

        assertEquals(List.of(), google.asked);
    }

    @Test
    void tellsThePoolAndNeverGenerates() {
        google.due = List.of(ScriptedGoogle.KEY);

        rounds.run();

        assertEquals(List.of("spare success"), google.learnt);
        assertFalse(google.rungs().contains(Rung.GENERATE_ONE_TOKEN));
    }

    @Test
    void tellsThePoolOfARefusalToo() {
        google.due = List.of(ScriptedGoogle.KEY);
        google.answers.put(Rung.MODELS_LIST, ScriptedGoogle.REFUSED);

        rounds.run();

        assertEquals(List.of("spare key_refused"), google.learnt);
    }

    @Test
    void aRoundAsksAboutAFewKeysAndTheyAreNotAlwaysTheSame() {
        google.due = IntStream.range(0, 100).mapToObj(i -> new KeyId("key-" + i)).toList();

        rounds.run();
        List<String> first = List.copyOf(google.learnt);
        google.learnt.clear();
        rounds.run();

        assertEquals(ProbeRounds.MOST_IN_A_ROUND, first.size());
        assertEquals(ProbeRounds.MOST_IN_A_ROUND, new HashSet<>(google.learnt).size());
        assertFalse(first.equals(google.learnt));
    }

    @Test
    void stopsBetweenTwoKeysWhenItIsInterrupted() {
        google.due = List.of(new KeyId("one"), new KeyId("two"));
        google.whileAsked = () -> Thread.currentThread().interrupt();

        rounds.run();

        assertTrue(Thread.interrupted());
        assertEquals(1, google.learnt.size());
    }
}
