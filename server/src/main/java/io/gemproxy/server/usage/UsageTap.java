package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the bytes of one answer as they pass and keeps the token counts they state. It copies
 * nothing but what states them and never throws; one thread feeds it.
 */
public final class UsageTap {
    private final @Nullable AnswerReader reader;
    private final Optional<Gunzip> gunzip;

    private UsageTap(Optional<AnswerReader> reader, String contentEncoding) {
        boolean gzip = contentEncoding.equalsIgnoreCase("gzip");
        boolean readable =
                gzip || contentEncoding.isEmpty() || contentEncoding.equalsIgnoreCase("identity");
        this.reader = readable ? reader.orElse(null) : null;
        this.gunzip =
                gzip && this.reader != null
                        ? Optional.of(new Gunzip(this.reader))
                        : Optional.empty();
    }

    /**
     * A tap for one answer.
     *
     * @param exchange decides which counts are billed: none for counting tokens, caches, files and
     *     their like, nor where an interaction is looked at again
     * @param pricing prices the answers in a batch, each by itself
     * @param contentEncoding as received, empty if absent; gzip is read along up to a limit, any
     *     other coding turns the tap off
     */
    public static UsageTap of(Exchange exchange, Pricing pricing, String contentEncoding) {
        Operation operation = exchange.target().operation();
        Optional<AnswerReader> reader =
                switch (operation) {
                    case BATCHES, DOWNLOAD -> Optional.of(new BatchResults(exchange, pricing));
                    case PREDICT -> Optional.of(new Predictions());
                    case INTERACTIONS ->
                            exchange.method().equals("POST")
                                    ? scanner(operation)
                                    : Optional.empty();
                    default -> scanner(operation);
                };
        return new UsageTap(reader, contentEncoding);
    }

    /** A tap for an answer that states its counts as such operations do. */
    static UsageTap of(Operation operation, String contentEncoding) {
        return new UsageTap(scanner(operation), contentEncoding);
    }

    private static Optional<AnswerReader> scanner(Operation operation) {
        return UsageShape.of(operation).map(UsageScanner::new);
    }

    /** Takes bytes of the body, in order, transfer coding removed, split anyhow. */
    public void write(byte[] bytes, int offset, int length) {
        if (reader == null) {
            return;
        }
        if (gunzip.isPresent()) {
            gunzip.get().write(bytes, offset, length);
        } else {
            reader.write(bytes, offset, length);
        }
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

    /** The model that answered, where only the answer tells. */
    public Optional<ModelName> model() {
        return reader == null ? Optional.empty() : reader.model();
    }
}
