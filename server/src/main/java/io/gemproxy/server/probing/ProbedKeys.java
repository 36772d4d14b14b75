package io.gemproxy.server.probing;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What probing knows of the pool. */
public interface ProbedKeys {
    /**
     * Keys that are out of service for a reason a probe may find gone, and that nobody asked about
     * for a while.
     */
    List<KeyId> due();

    /** The model a key is used for most, if it is used. */
    Optional<ModelName> usualModel(KeyId key);

    /** The project a key belongs to. */
    ProjectId project(KeyId key);

    /** The smallest known number of requests a day of the key's project. */
    OptionalLong requestsPerDay(KeyId key);

    /** Tells what a probe found. */
    void probed(KeyId key, AttemptOutcome outcome);
}
