package io.gemproxy.server.probing;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.gemini.ModelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Asks about a key from the cheapest question upwards and stops at the first bad answer. */
public final class Ladder {
    /** Words of the names of cheap models, cheapest first. */
    private static final List<String> CHEAP = List.of("flash-lite", "flash");

    private final Google google;
    private final LongSupplier nanoTime;

    public Ladder(Google google, LongSupplier nanoTime) {
        this.google = google;
        this.nanoTime = nanoTime;
    }

    /**
     * Climbs up to a rung.
     *
     * @param usual the model to ask about; else a cheap one of those Google lists
     * @return at least one step; all but the last succeeded
     */
    public List<ProbeStep> climb(KeyId key, Optional<ModelName> usual, Rung top) {
        List<ProbeStep> steps = new ArrayList<>();
        Answer listed = ask(new Question(key, Rung.MODELS_LIST, Optional.empty()), steps);
        Optional<ModelName> model = usual.or(() -> cheapest(listed.models()));
        boolean good = listed.good() && model.isPresent();
        for (Rung rung : List.of(Rung.COUNT_TOKENS, Rung.GENERATE_ONE_TOKEN)) {
            if (good && rung.compareTo(top) <= 0) {
                good = ask(new Question(key, rung, model), steps).good();
            }
        }
        return List.copyOf(steps);
    }

    /** What the steps say about the key: the answer to the last question. */
    public static AttemptOutcome verdict(List<ProbeStep> steps) {
        return steps.getLast().outcome();
    }

    private Answer ask(Question question, List<ProbeStep> steps) {
        long start = nanoTime.getAsLong();
        Answer answer = google.ask(question);
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
        steps.add(new ProbeStep(question, answer.outcome(), took));
        return answer;
    }

    private static Optional<ModelName> cheapest(List<ModelName> models) {
        for (String word : CHEAP) {
            Optional<ModelName> found =
                    models.stream().filter(model -> model.value().contains(word)).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return models.stream().findFirst();
    }
}
