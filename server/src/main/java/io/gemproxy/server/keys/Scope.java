package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;

/** What rests, and nothing beside it. */
public sealed interface Scope {
    /** One key, for every model. */
    record Key(KeyId key) implements Scope {}

    /** Every key of a project, for every model. */
    record InProject(ProjectId project) implements Scope {}

    /** Every key of a project, for one model. */
    record ProjectModel(ProjectId project, ModelName model) implements Scope {}

    /** A model, whoever asks for it. */
    record Model(ModelName model) implements Scope {}

    /**
     * Every project that is billed to an account.
     *
     * @param account the operator's name for it
     */
    record BillingAccount(String account) implements Scope {}

    /** The address that this process calls from. */
    record Egress() implements Scope {}
}
