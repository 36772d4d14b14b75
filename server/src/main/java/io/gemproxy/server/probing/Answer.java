package io.gemproxy.server.probing;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.gemini.ModelName;
import java.util.List;

/**
 * What Google said.
 *
 * @param outcome judged as that of a client's request
 * @param models that can generate, if they were asked for; bounded
 */
public record Answer(AttemptOutcome outcome, List<ModelName> models) {
    public Answer {
        models = List.copyOf(models);
    }

    boolean good() {
        return outcome instanceof AttemptOutcome.Succeeded;
    }
}
