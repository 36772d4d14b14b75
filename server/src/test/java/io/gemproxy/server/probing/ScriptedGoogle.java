package io.gemproxy.server.probing;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyFault;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers as it is told, and is the pool that learns of it. */
final class ScriptedGoogle implements Google, ProbedKeys {
    static final KeyId KEY = new KeyId("spare");
    static final AttemptOutcome REFUSED = new AttemptOutcome.KeyRefused(KeyFault.API_KEY_INVALID);

    final List<Question> asked = new ArrayList<>();
    final List<String> learnt = new ArrayList<>();
    final Map<Rung, AttemptOutcome> answers = new EnumMap<>(Rung.class);
    List<ModelName> models =
            List.of(
                    new ModelName("gemini-3-pro"),
                    new ModelName("gemini-3-flash"),
                    new ModelName("gemini-3-flash-lite"));
    List<KeyId> due = List.of();
    Optional<ModelName> usual = Optional.empty();
    OptionalLong daily = OptionalLong.empty();
    Runnable whileAsked = () -> {};

    @Override
    public Answer ask(Question question) {
        asked.add(question);
        whileAsked.run();
        return new Answer(
                answers.getOrDefault(question.rung(), new AttemptOutcome.Succeeded()),
                question.rung() == Rung.MODELS_LIST ? models : List.of());
    }

    @Override
    public List<KeyId> due() {
        return due;
    }

    @Override
    public Optional<ModelName> usualModel(KeyId key) {
        return usual;
    }

    @Override
    public ProjectId project(KeyId key) {
        return new ProjectId("p");
    }

    @Override
    public OptionalLong requestsPerDay(KeyId key) {
        return daily;
    }

    @Override
    public void probed(KeyId key, AttemptOutcome outcome) {
        learnt.add(key + " " + outcome.label());
    }

    List<Rung> rungs() {
        return asked.stream().map(Question::rung).toList();
    }
}
