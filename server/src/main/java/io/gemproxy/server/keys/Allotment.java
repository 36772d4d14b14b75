package io.gemproxy.server.keys;

import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.quota.ModelQuota;
import java.util.Optional;

/**
 * What a project has of one model; shared by all its keys.
 *
 * @param model empty for requests that name none
 * @param rest whether it rests
 * @param quota limits and use
 */
record Allotment(Optional<ModelName> model, Rest rest, ModelQuota quota) {}
