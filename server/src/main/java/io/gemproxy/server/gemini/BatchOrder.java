package io.gemproxy.server.gemini;

import java.util.List;

/**
 * What the lines of a file ask for, should a batch be made of it.
 *
 * @param asked all of them together; those that only embed are requests without an answer
 * @param models those that lines of the OpenAI-compatible API name, at most eight; native ones name
 *     none
 */
public record BatchOrder(BatchBound asked, List<ModelName> models) {}
