package io.gemproxy.server.probing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gemproxy.server.gemini.ModelName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LadderTest {
    private final ScriptedGoogle google = new ScriptedGoogle();
    private final AtomicLong nanos = new AtomicLong();
    private final Ladder ladder = new Ladder(google, () -> nanos.getAndAdd(1_000_000));

    @Test
    void climbsNoHigherThanAsked() {
        climb(Rung.COUNT_TOKENS);
        assertEquals(List.of(Rung.MODELS_LIST, Rung.COUNT_TOKENS), google.rungs());

        google.asked.clear();
        climb(Rung.GENERATE_ONE_TOKEN);
        assertEquals(
                List.of(Rung.MODELS_LIST, Rung.COUNT_TOKENS, Rung.GENERATE_ONE_TOKEN),
                google.rungs());
    }

    @Test
    void stopsAtTheFirstBadAnswerWhichIsTheVerdict() {
        google.answers.put(Rung.COUNT_TOKENS, ScriptedGoogle.REFUSED);

        List<ProbeStep> steps = climb(Rung.GENERATE_ONE_TOKEN);

        assertEquals(List.of(Rung.MODELS_LIST, Rung.COUNT_TOKENS), google.rungs());
        assertSame(ScriptedGoogle.REFUSED, Ladder.verdict(steps));
        assertEquals(Duration.ofMillis(1), steps.getFirst().took());
    }

    @Test
    void aRefusedKeyIsAskedOneQuestionOnly() {
        google.answers.put(Rung.MODELS_LIST, ScriptedGoogle.REFUSED);
        google.usual = Optional.of(new ModelName("gemini-3-pro"));

        climb(Rung.COUNT_TOKENS);

        assertEquals(List.of(Rung.MODELS_LIST), google.rungs());
    }

    @Test
    void asksAboutTheUsualModelElseTheCheapestListed() {
        climb(Rung.COUNT_TOKENS);
        assertEquals("gemini-3-flash-lite", lastModel());

        google.models = List.of(new ModelName("gemma"), new ModelName("other"));
        climb(Rung.COUNT_TOKENS);
        assertEquals("gemma", lastModel());

        google.usual = Optional.of(new ModelName("gemini-3-pro"));
        climb(Rung.COUNT_TOKENS);
        assertEquals("gemini-3-pro", lastModel());
    }

    @Test
    void withoutAnyModelTheListIsTheVerdict() {
        google.models = List.of();

        assertEquals("success", Ladder.verdict(climb(Rung.GENERATE_ONE_TOKEN)).label());
        assertEquals(List.of(Rung.MODELS_LIST), google.rungs());
    }

    private List<ProbeStep> climb(Rung top) {
        return ladder.climb(ScriptedGoogle.KEY, google.usual, top);
    }

    private String lastModel() {
        return google.asked.getLast().model().orElseThrow().value();
    }
}
