package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.ModelName;
import java.util.Optional;

/**
 * A key lent for one attempt; the borrower says how it went with {@link KeyPool#settle}.
 *
 * @param key its name
 * @param project the project it belongs to
 * @param secret the key itself, opened by the upstream only
 * @param model what it was lent for
 */
public record KeyLease(KeyId key, ProjectId project, Secret secret, Optional<ModelName> model) {}
