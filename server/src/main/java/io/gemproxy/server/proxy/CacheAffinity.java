package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.keys.Preference;
import io.gemproxy.server.keys.cache.CacheAffinityConfig;
import io.gemproxy.server.keys.cache.CacheHints;
import io.gemproxy.server.keys.cache.HintReader;
import io.gemproxy.server.keys.cache.WarmProjects;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Sends requests that share a prompt's beginning to the project that caches it. */
public final class CacheAffinity {
    /** Ours, and the id of an installation that gemini-cli sends; neither goes to Google. */
    private static final List<HeaderName> SESSION =
            List.of(
                    HeaderNames.create("x-gemproxy-session"),
                    HeaderNames.create("x-gemini-api-privileged-user-id"));

    /**
     * Operations with a prompt that Google caches by itself. Interactions have one, but stay in the
     * client's home or go where the one before them lives.
     */
    private static final Set<Operation> PROMPTS =
            EnumSet.of(Operation.GENERATE, Operation.STREAM_GENERATE, Operation.OPENAI_CHAT);

    private final CacheAffinityConfig config;
    private final HintReader reader;
    private final WarmProjects warm;

    /**
     * Nothing is known yet.
     *
     * @param random cryptographically strong
     * @param nanoTime monotonic clock
     */
    public CacheAffinity(
            CacheAffinityConfig config, RandomGenerator random, LongSupplier nanoTime) {
        this.config = config;
        this.reader = new HintReader(config.by(), random);
        this.warm = new WarmProjects(config.lifetime(), nanoTime);
    }

    /** The route of a request; what it says is read when the first key is lent. */
    CacheRoute route(
            Exchange exchange, Client client, ServerRequestHeaders headers, RequestBody body) {
        if (config.by() == CacheAffinityConfig.By.NONE
                || !PROMPTS.contains(exchange.target().operation())) {
            return CacheRoute.NONE;
        }
        CacheHints hints =
                reader.read(
                        client.id(),
                        exchange.target().model(),
                        session(headers),
                        body.prefix(),
                        body.prefixIsAll());
        return hints.equals(CacheHints.NONE) ? CacheRoute.NONE : new Hinted(hints);
    }

    private static Optional<String> session(ServerRequestHeaders headers) {
        for (HeaderName name : SESSION) {
            if (headers.contains(name)) {
                return Optional.of(headers.get(name).get().strip()).filter(id -> !id.isEmpty());
            }
        }
        return Optional.empty();
    }

    /** By what is known of earlier requests. */
    private final class Hinted implements CacheRoute {
        private final CacheHints hints;

        Hinted(CacheHints hints) {
            this.hints = hints;
        }

        @Override
        public List<Preference> preferred() {
            return warm.preferred(hints);
        }

        @Override
        public void sent(ProjectId project) {
            warm.sent(hints, project);
        }
    }
}
