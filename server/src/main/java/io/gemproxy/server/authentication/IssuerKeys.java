package io.gemproxy.server.authentication;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of one issuer, kept and read again: when they are old, behind the back of whoever
 * asks; when a name is asked for that is not among them, at once but never twice within ten
 * seconds. While they cannot be read the known ones hold for a day.
 */
final class IssuerKeys {
    /** After this the keys are read again. */
    static final Duration FRESH = Duration.ofMinutes(10);

    /** After this without success they are no longer believed. */
    static final Duration STALE = Duration.ofHours(24);

    /** Between two readings, whatever tokens name. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final System.Logger LOG = System.getLogger(IssuerKeys.class.getName());

    private final IssuerConfig issuer;
    private final KeySetSource source;
    private final LongSupplier nanoTime;
    private final AtomicReference<Optional<CompletableFuture<Void>>> reading =
            new AtomicReference<>(Optional.empty());
    private volatile Optional<Known> known = Optional.empty();
    private volatile Optional<Long> lastReading = Optional.empty();
    private volatile boolean failing;

    IssuerKeys(IssuerConfig issuer, KeySetSource source, LongSupplier nanoTime) {
        this.issuer = issuer;
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /**
     * The keys of an issuer as it is configured now; those known before where neither the
     * configuration nor the content of its file has changed.
     *
     * @throws IOException if its file cannot be read or is no key set
     */
    static IssuerKeys prepared(
            IssuerConfig issuer,
            @Nullable IssuerKeys before,
            KeySetSource source,
            LongSupplier nanoTime)
            throws IOException {
        boolean same = before != null && before.issuer.equals(issuer);
        if (!(issuer.keys() instanceof IssuerConfig.InFile file)) {
            return before != null && same ? before : new IssuerKeys(issuer, source, nanoTime);
        }
        KeySet keys = read(issuer, file, source);
        if (before != null && same && before.known.map(it -> it.keys().equals(keys)).orElse(true)) {
            return before;
        }
        IssuerKeys prepared = new IssuerKeys(issuer, source, nanoTime);
        prepared.known = Optional.of(new Known(keys, nanoTime.getAsLong()));
        return prepared;
    }

    IssuerConfig issuer() {
        return issuer;
    }

    private static KeySet read(IssuerConfig issuer, IssuerConfig.InFile file, KeySetSource source)
            throws IOException {
        try {
            return KeySet.read(source.read(issuer.keys(), KeySet.MOST_BYTES), issuer);
        } catch (IOException | RuntimeException unread) {
            throw new IOException(file.path() + ": " + unread.getMessage(), unread);
        }
    }

    /**
     * The key a token of this issuer must be signed with; may wait a few seconds for it.
     *
     * @throws TokenRefusedException if there is none, or none can be had
     */
    TrustedKey key(TokenHeader header) throws TokenRefusedException {
        Optional<TrustedKey> key = current().flatMap(it -> find(it, header));
        if (key.isEmpty()) {
            readAndWait();
            key = current().flatMap(it -> find(it, header));
        }
        return key.orElseThrow(() ->
                current().isPresent()
                        ? Refusal.TOKEN_KEY_UNKNOWN.raise()
                        : Refusal.TOKEN_ISSUER_UNAVAILABLE.raise());
    }

    /** Whether a key is still among them, without waiting. */
    boolean trusts(TrustedKey key) {
        return current().filter(it -> it.keys().keys().contains(key)).isPresent();
    }

    /** Reads them on a thread of their own, unless that was done just now. */
    void readBehind() {
        if (mayRead() && reading.get().isEmpty()) {
            Thread.ofVirtual().name("keys of an issuer").start(this::readAndWait);
        }
    }

    /** What is known and not too old, seeing to it that it does not become so. */
    private Optional<Known> current() {
        Optional<Known> now = known;
        if (now.isEmpty()) {
            return now;
        }
        long age = nanoTime.getAsLong() - now.get().readAt();
        if (age >= FRESH.toNanos()) {
            readBehind();
        }
        return age < STALE.toNanos() ? now : Optional.empty();
    }

    private static Optional<TrustedKey> find(Known known, TokenHeader header) {
        return known.keys().find(header.kid(), header.algorithm());
    }

    private boolean mayRead() {
        return lastReading.map(last -> nanoTime.getAsLong() - last >= PAUSE.toNanos()).orElse(true);
    }

    /** One reads, the others wait for what it finds. */
    private void readAndWait() {
        Optional<CompletableFuture<Void>> mine = Optional.of(new CompletableFuture<>());
        Optional<CompletableFuture<Void>> other = reading.get();
        while (other.isEmpty()) {
            if (reading.compareAndSet(other, mine)) {
                try {
                    if (mayRead()) {
                        read();
                    }
                } finally {
                    reading.set(Optional.empty());
                    mine.get().complete(null);
                }
                return;
            }
            other = reading.get();
        }
        await(other.get());
    }

    private static void await(CompletableFuture<Void> reading) {
        try {
            reading.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unread) {
            LOG.log(Level.DEBUG, "the keys were not read in time");
        }
    }

    private void read() {
        try {
            KeySet keys = KeySet.read(source.read(issuer.keys(), KeySet.MOST_BYTES), issuer);
            known = Optional.of(new Known(keys, nanoTime.getAsLong()));
            if (failing) {
                LOG.log(Level.INFO, "the keys of " + issuer.issuer() + " can be read again");
            }
            failing = false;
        } catch (IOException | RuntimeException unread) {
            if (!failing) {
                LOG.log(
                        Level.WARNING,
                        "the keys of "
                                + issuer.issuer()
                                + " cannot be read: "
                                + unread.getMessage());
            }
            failing = true;
        } finally {
            lastReading = Optional.of(nanoTime.getAsLong());
        }
    }

    /**
     * What was read last.
     *
     * @param keys the keys
     * @param readAt by the monotonic clock
     */
    private record Known(KeySet keys, long readAt) {}
}
