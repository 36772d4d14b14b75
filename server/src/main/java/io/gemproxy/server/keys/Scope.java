package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;

/** What a {@link Block} holds for. */
public sealed interface Scope {
    /** One key; other keys of its project serve on. */
    record Key(KeyId key) implements Scope {}

    /** All keys of a project, for every model. */
    record InProject(ProjectId project) implements Scope {}

    /** All keys of a project, for one model. */
    record ProjectModel(ProjectId project, ModelName model) implements Scope {}

    /** One model, whichever key asks; blames no key. */
    record Model(ModelName model) implements Scope {}

    /** All projects of a billing account. */
    record BillingAccount(String name) implements Scope {}

    /** The address the proxy calls from; blames no key. */
    record Egress() implements Scope {}
}
