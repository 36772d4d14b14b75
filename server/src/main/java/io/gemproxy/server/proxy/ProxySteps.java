package io.gemproxy.server.proxy;

/**
 * The steps of a request, wired by the composition root through {@link ProxyAssembly}.
 *
 * @param admission whether anybody is let in now
 * @param uploads running uploads
 * @param doorkeeper who is calling
 * @param limits how often a client may call
 * @param bodies the request body
 * @param forwarding what goes to Google
 * @param caches where prompts are cached
 * @param homes where resources live
 * @param inputs what uploaded files name
 * @param attempts keys and tries
 * @param answers what comes back
 * @param departures notices clients that leave
 */
record ProxySteps(
        Admission admission,
        Uploads uploads,
        Doorkeeper doorkeeper,
        ClientLimits limits,
        BodyReader bodies,
        Forwarding forwarding,
        CacheAffinity caches,
        ResourceHomes homes,
        BatchInputs inputs,
        PlacedAttempts attempts,
        Answers answers,
        DepartureWatch departures) {}
