package io.gemproxy.server.probing;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.gemini.ModelName;
import java.util.Optional;

/**
 * One thing to ask Google about a key.
 *
 * @param key the key
 * @param rung what to ask
 * @param model of which model; empty for {@link Rung#MODELS_LIST} only
 */
public record Question(KeyId key, Rung rung, Optional<ModelName> model) {}
