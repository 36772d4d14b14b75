package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.BatchBound;
import io.gemproxy.server.gemini.Billing;
import io.gemproxy.server.gemini.CacheTime;
import io.gemproxy.server.gemini.ModelInBody;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.OutputBound;
import io.gemproxy.server.gemini.ServiceTier;
import io.gemproxy.server.usage.Pricing;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.OptionalLong;

/** What a request may use, guessed from its head and the beginning of its body. */
final class Estimates {
    private static final int BYTES_PER_TOKEN = 4;

    /** No model reads more. */
    private static final long MOST_INPUT = 1L << 20;

    /** JSON rarely becomes smaller than this part of itself. */
    private static final int COMPRESSION = 8;

    private final Pricing pricing;
    private final Indexing indexing;
    private final FileBatches batches;

    /**
     * @param files what is known of the files that requests name
     */
    Estimates(Pricing pricing, NamedFiles files) {
        this.pricing = pricing;
        this.indexing = new Indexing(pricing, files);
        this.batches = new FileBatches(pricing, files);
    }

    /** Input by the length of the body; output as the body bounds it, or a usual answer's. */
    Estimate of(Incoming incoming) {
        Exchange exchange = incoming.exchange();
        if (Indexing.isAsked(incoming)) {
            return indexing.estimate(
                    incoming, input(incoming.head(), incoming.body()) * BYTES_PER_TOKEN);
        }
        if (makesCache(exchange)) {
            return cache(exchange, incoming.head(), incoming.body());
        }
        if (FileBatches.isOpenAi(exchange)) {
            return batches.estimate(incoming);
        }
        if (!Billing.isAsked(exchange.method(), exchange.target())) {
            return Estimate.NOTHING;
        }
        return exchange.target().operation() == Operation.BATCH_CREATE
                ? batch(incoming).plus(batches.estimate(incoming))
                : answer(exchange, incoming.head(), incoming.body());
    }

    private Estimate answer(Exchange exchange, ServerRequestHeaders head, RequestBody body) {
        long input = Math.min(MOST_INPUT, input(head, body));
        OutputBound bound = OutputBound.find(body.prefix(), exchange.target().dialect());
        ServiceTier tier = bound.tier().orElse(ServiceTier.STANDARD);
        Estimate estimate = pricing.estimate(exchange, input, bound.total(), tier);
        return bound.tokens().isPresent() || bound.candidates() == 1
                ? estimate
                : pricing.estimate(
                        exchange,
                        input,
                        OptionalLong.of(estimate.outputTokens() * bound.candidates()),
                        tier);
    }

    /** How many of a batch's tokens stand in files that it names. */
    long inFiles(Incoming incoming) {
        return FileBatches.isMade(incoming.exchange()) ? batches.estimate(incoming).tokens() : 0;
    }

    /** Whether the body says how much may be used. */
    boolean depends(Exchange exchange) {
        return makesCache(exchange) || readsFiles(exchange) || isAsked(exchange);
    }

    /** Whether what is used stands in the files that the body names. */
    static boolean readsFiles(Exchange exchange) {
        return FileBatches.isMade(exchange) || Indexing.names(exchange);
    }

    private boolean isAsked(Exchange exchange) {
        return Billing.isAsked(exchange.method(), exchange.target())
                && pricing.estimate(exchange, 1, OptionalLong.of(1), ServiceTier.STANDARD).tokens()
                        > 0;
    }

    /**
     * What of it comes in this minute, where that is not all. What is made now is used later: a
     * batch's requests when they are carried out, at Google's leisure, a cache's tokens for as long
     * as it is kept; and what is embedded for file search counts for no model.
     */
    static OptionalLong atOnce(Incoming incoming) {
        Exchange exchange = incoming.exchange();
        if (exchange.target().operation() == Operation.BATCH_CREATE) {
            return OptionalLong.of(Math.min(MOST_INPUT, input(incoming.head(), incoming.body())));
        }
        boolean later =
                makesCache(exchange)
                        || FileBatches.isOpenAi(exchange)
                        || Indexing.isAsked(incoming);
        return later ? OptionalLong.of(0) : OptionalLong.empty();
    }

    private static boolean makesCache(Exchange exchange) {
        return exchange.target().operation() == Operation.CACHED_CONTENTS
                && exchange.method().equals("POST")
                && exchange.target().resource().isEmpty();
    }

    /** The requests that stand in its body. */
    private Estimate batch(Incoming incoming) {
        long input = input(incoming.head(), incoming.body());
        return pricing.batch(
                incoming.exchange(),
                input,
                BatchBound.find(incoming.plain(), input * BYTES_PER_TOKEN));
    }

    /** Its storage; what stands in files is not known before the answer. */
    private Estimate cache(Exchange exchange, ServerRequestHeaders head, RequestBody body) {
        byte[] prefix = body.prefix();
        Cost cost =
                pricing.storage(
                        ModelInBody.find(prefix, 0, prefix.length),
                        exchange.startedAt(),
                        Math.min(MOST_INPUT, input(head, body)),
                        CacheTime.find(prefix, exchange.startedAt()));
        return new Estimate(0, 0, cost.picodollars(), 0, true);
    }

    private static long input(ServerRequestHeaders head, RequestBody body) {
        OptionalLong announced = head.contentLength();
        if (announced.isEmpty() && !body.prefixIsAll()) {
            return MOST_INPUT;
        }
        long bytes = announced.orElse(body.prefix().length);
        long plain = isCoded(head) ? bytes * COMPRESSION : bytes;
        return (plain + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    private static boolean isCoded(ServerRequestHeaders head) {
        String coding = head.first(HeaderNames.CONTENT_ENCODING).orElse("identity");
        return !coding.strip().equalsIgnoreCase("identity");
    }
}
