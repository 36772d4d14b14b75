package io.gemproxy.server.authentication.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets an address try a secret in vain ten times in any minute. A try counts as vain until it is
 * said to have been right, so that tries side by side are no way past it. Of IPv6 the first 64 bits
 * count, which one host has all of.
 */
final class FailureGate {
    private static final int MOST = 10;
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    private static final int ADDRESSES = 100_000;
    private static final int HOST_BYTES = 8;

    private final LongSupplier nanoTime;
    private final Cache<String, long[]> tries;

    /**
     * @param nanoTime monotonic clock
     */
    FailureGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.tries =
                Caffeine.newBuilder()
                        .maximumSize(ADDRESSES)
                        .expireAfterWrite(Duration.ofNanos(WINDOW))
                        .ticker(nanoTime::getAsLong)
                        .executor(Runnable::run)
                        .build();
    }

    /** Counts a try; if there were too many, how long to wait for the next one. */
    Optional<Duration> begin(String address) {
        long now = nanoTime.getAsLong();
        long[] known =
                tries.asMap()
                        .compute(
                                network(address),
                                (_, before) -> with(before == null ? new long[0] : before, now));
        return known.length <= MOST
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(known[known.length - 1 - MOST] + WINDOW - now));
    }

    /** The last try was right. */
    void succeeded(String address) {
        tries.asMap()
                .computeIfPresent(
                        network(address), (_, known) -> Arrays.copyOf(known, known.length - 1));
    }

    /**
     * The tries of the last minute and this one; a try that is refused does not prolong the wait.
     */
    private static long[] with(long[] before, long now) {
        long[] recent = Arrays.stream(before).filter(at -> now - at < WINDOW).toArray();
        int kept = Math.min(recent.length, MOST);
        long[] next = Arrays.copyOf(recent, kept + 1);
        next[kept] = now;
        return next;
    }

    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, HOST_BYTES)
                    : address;
        } catch (IllegalArgumentException unknown) {
            return address;
        }
    }
}
