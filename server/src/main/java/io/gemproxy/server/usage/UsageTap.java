package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import java.util.Optional;

/**
 * Listens to the bytes of one answer as they pass and keeps the token counts they state. It copies
 * nothing but the small usage object and never throws; one thread feeds it.
 */
public final class UsageTap {
    private final UsageScanner scanner;
    private final Plain reader;
    private final Optional<Gunzip> gunzip;
    private final boolean listening;

    private UsageTap(
            UsageScanner scanner, Plain reader, Optional<Gunzip> gunzip, boolean listening) {
        this.scanner = scanner;
        this.reader = reader;
        this.gunzip = gunzip;
        this.listening = listening;
    }

    /**
     * A tap for one answer.
     *
     * @param operation decides which counts are billed: none for counting tokens, caches, files,
     *     batches and their like
     * @param contentEncoding as received, empty if absent; gzip is read along up to a limit, any
     *     other coding turns the tap off
     */
    public static UsageTap of(Operation operation, String contentEncoding) {
        return of(operation, contentEncoding, (bytes, offset, length) -> {});
    }

    /**
     * As {@link #of(Operation, String)}, for two readers of the same bytes.
     *
     * @param also gets what the tap reads, content coding removed; only of operations whose counts
     *     are billed
     */
    public static UsageTap of(Operation operation, String contentEncoding, Plain also) {
        Optional<UsageShape> shape = UsageShape.of(operation);
        boolean gzip = contentEncoding.equalsIgnoreCase("gzip");
        boolean readable =
                gzip || contentEncoding.isEmpty() || contentEncoding.equalsIgnoreCase("identity");
        UsageScanner scanner = new UsageScanner(shape.orElse(UsageShape.NATIVE));
        boolean listening = shape.isPresent() && readable;
        Plain reader =
                (bytes, offset, length) -> {
                    scanner.write(bytes, offset, length);
                    also.write(bytes, offset, length);
                };
        return new UsageTap(
                scanner,
                reader,
                gzip && listening ? Optional.of(new Gunzip(reader)) : Optional.empty(),
                listening);
    }

    /** Reads an answer as it passes, without content coding; must not keep the array. */
    @FunctionalInterface
    public interface Plain {
        /** The next bytes. */
        void write(byte[] bytes, int offset, int length);
    }

    /** Takes bytes of the body, in order, transfer coding removed, split anyhow. */
    public void write(byte[] bytes, int offset, int length) {
        if (!listening) {
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
        return scanner.last();
    }

    /**
     * Ends the tap after an answer that broke off.
     *
     * @return the largest counts seen: a lower bound of what was used
     */
    public Optional<TokenUsage> abort() {
        gunzip.ifPresent(Gunzip::close);
        return scanner.largest();
    }
}
