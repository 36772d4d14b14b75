package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.AnswerTrace;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.Billing;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the bytes of one answer as they pass and keeps the token counts they state. It copies
 * nothing but what states them and never throws; one thread feeds it.
 */
public final class UsageTap {
    /** Making a cache, and keeping it longer. */
    private static final Set<String> STORES = Set.of("POST", "PATCH");

    private static final Plain NOBODY = (bytes, offset, length) -> {};

    private final @Nullable AnswerReader reader;
    private final Plain readers;
    private final Optional<Gunzip> gunzip;
    private final Optional<AnswerWatch> watch;
    private final boolean listening;
    private long seen;

    private UsageTap(
            Optional<AnswerReader> reader,
            boolean wanted,
            String contentEncoding,
            Plain also,
            Optional<AnswerWatch> watch) {
        this.watch = watch;
        boolean gzip = contentEncoding.equalsIgnoreCase("gzip");
        boolean readable =
                gzip || contentEncoding.isEmpty() || contentEncoding.equalsIgnoreCase("identity");
        AnswerReader own = readable ? reader.orElse(null) : null;
        this.reader = own;
        this.listening = readable && wanted;
        this.readers =
                (bytes, offset, length) -> {
                    if (own != null) {
                        own.write(bytes, offset, length);
                    }
                    also.write(bytes, offset, length);
                };
        this.gunzip = gzip && listening ? Optional.of(new Gunzip(readers)) : Optional.empty();
    }

    /**
     * A tap for one answer.
     *
     * @param exchange decides which counts are billed: none for counting tokens, files and their
     *     like, of caches their storage, nor where an interaction is looked at again
     * @param pricing prices the answers in a batch, each by itself
     * @param contentEncoding as received, empty if absent; gzip is read along up to a limit, any
     *     other coding turns the tap off
     * @param also gets what the tap reads, content coding removed; only of operations whose answers
     *     state counts
     * @param watch is shown the same; empty if nobody is told what it notes
     */
    public static UsageTap of(
            Exchange exchange,
            Pricing pricing,
            String contentEncoding,
            Plain also,
            Optional<AnswerWatch> watch) {
        Operation operation = exchange.target().operation();
        Optional<AnswerReader> reader =
                switch (operation) {
                    case BATCHES, DOWNLOAD -> Optional.of(new BatchResults(exchange, pricing));
                    case OPENAI_BATCHES ->
                            Optional.of(
                                    isMade(exchange)
                                            ? new MadeBatch(exchange.target())
                                            : new OpenAiBatch());
                    case BATCH_CREATE -> Optional.of(new MadeBatch(exchange.target()));
                    case PREDICT -> Optional.of(new Predictions());
                    case CACHED_CONTENTS ->
                            STORES.contains(exchange.method())
                                    ? Optional.of(new CacheStorage(exchange, pricing))
                                    : Optional.empty();
                    case INTERACTIONS ->
                            Billing.isAsked(exchange.method(), exchange.target())
                                    ? scanner(operation, watch)
                                    : Optional.empty();
                    default -> scanner(operation, watch);
                };
        boolean wanted = reader.isPresent() || UsageShape.of(operation).isPresent();
        return new UsageTap(reader, wanted, contentEncoding, also, watch);
    }

    private static boolean isMade(Exchange exchange) {
        return exchange.method().equals("POST") && exchange.target().resource().isEmpty();
    }

    /** A tap for an answer that states its counts as such operations do. */
    static UsageTap of(Operation operation, String contentEncoding) {
        Optional<AnswerReader> scanner = scanner(operation, Optional.empty());
        return new UsageTap(
                scanner, scanner.isPresent(), contentEncoding, NOBODY, Optional.empty());
    }

    /** A tap that nobody else listens to. */
    static UsageTap of(Exchange exchange, Pricing pricing, String contentEncoding) {
        return of(exchange, pricing, contentEncoding, NOBODY, Optional.empty());
    }

    private static Optional<AnswerReader> scanner(
            Operation operation, Optional<AnswerWatch> watch) {
        return UsageShape.of(operation).map(shape -> new UsageScanner(shape, watch.orElse(null)));
    }

    /** Reads an answer as it passes, without content coding; must not keep the array. */
    @FunctionalInterface
    public interface Plain {
        /** The next bytes. */
        void write(byte[] bytes, int offset, int length);
    }

    /** Takes bytes of the body, in order, transfer coding removed, split anyhow. */
    public void write(byte[] bytes, int offset, int length) {
        seen += length;
        if (!listening) {
            return;
        }
        if (gunzip.isPresent()) {
            gunzip.get().write(bytes, offset, length);
        } else {
            readers.write(bytes, offset, length);
        }
    }

    /** How many bytes of the body have come by. */
    public long bytes() {
        return seen;
    }

    /**
     * Ends the tap after a complete answer; call it or {@link #abort()} always.
     *
     * @return the last counts seen: they are cumulative and never summed; empty if none came
     */
    public Optional<TokenUsage> finish() {
        gunzip.ifPresent(Gunzip::close);
        return reader == null ? Optional.empty() : reader.last();
    }

    /**
     * Ends the tap after an answer that broke off.
     *
     * @return the largest counts seen: a lower bound of what was used
     */
    public Optional<TokenUsage> abort() {
        gunzip.ifPresent(Gunzip::close);
        return reader == null ? Optional.empty() : reader.largest();
    }

    /** What it cost, where the answer has parts that are priced each by itself. */
    public Optional<Cost> cost() {
        return reader == null ? Optional.empty() : reader.cost();
    }

    /** What the answer is about, where the same may be answered again and is billed once. */
    public Optional<String> subject() {
        return reader == null ? Optional.empty() : reader.subject();
    }

    /** Whether the answer says that a batch is over and was not carried out to its end. */
    public boolean givenUp() {
        return reader != null && reader.givenUp();
    }

    /** The files that hold the results of batches that the answer tells of, by the batch. */
    public Map<String, String> results() {
        return reader == null ? Map.of() : reader.results();
    }

    /** What was noted for who tells of it elsewhere. */
    public AnswerTrace trace() {
        return watch.map(AnswerWatch::trace).orElse(AnswerTrace.NONE);
    }

    /** The model that answered, where only the answer tells. */
    public Optional<ModelName> model() {
        return reader == null ? Optional.empty() : reader.model();
    }
}
