package io.gemproxy.server.authentication.sessions;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Locks out who guesses passwords: an address after so many vain logins, and the account, for
 * everybody, after ten times as many from whatever addresses, so that one address alone cannot lock
 * the others out. A try counts as vain until it is said to have been right: tries side by side are
 * no way past it. Of IPv6 the first 64 bits count, which one host has all of.
 */
final class LoginGate {
    static final int ACCOUNT_FACTOR = 10;

    private static final int ADDRESSES = 100_000;
    private static final int HOST_BYTES = 8;

    private final Lockout addresses;
    private final Lockout accounts;
    private final ReentrantLock turn = new ReentrantLock();

    LoginGate(SessionConfig config, LongSupplier nanoTime) {
        addresses = new Lockout(config.maxAttempts(), config.lockout(), ADDRESSES, nanoTime);
        accounts =
                new Lockout(
                        Math.multiplyExact(config.maxAttempts(), ACCOUNT_FACTOR),
                        config.lockout(),
                        1,
                        nanoTime);
    }

    /** Counts a try that is allowed. */
    Turn begin(String address) {
        String network = network(address);
        turn.lock();
        try {
            Optional<Duration> wait = longer(addresses.wait(network), account());
            if (wait.isPresent()) {
                boolean ofAddress = addresses.isNews(network);
                boolean ofAccount = accounts.isNews(AdminSessions.ACCOUNT);
                return new Turn.LockedOut(wait.get(), ofAddress || ofAccount);
            }
            boolean addressLocks = addresses.count(network);
            boolean accountLocks = accounts.count(AdminSessions.ACCOUNT);
            return new Turn.Allowed(addressLocks, accountLocks);
        } finally {
            turn.unlock();
        }
    }

    /** The last try was right. */
    void succeeded(String address) {
        turn.lock();
        try {
            addresses.forget(network(address));
            accounts.takeBack(AdminSessions.ACCOUNT);
        } finally {
            turn.unlock();
        }
    }

    private Optional<Duration> account() {
        return accounts.wait(AdminSessions.ACCOUNT);
    }

    private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(one.get().compareTo(other.get()) > 0 ? one.get() : other.get())
                : one.or(() -> other);
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

    /** Whether a login may be tried. */
    sealed interface Turn {
        /** It may; what is locked out if it is in vain. */
        record Allowed(boolean addressLocks, boolean accountLocks) implements Turn {}

        /** It may not, for so long; whether it is the first that is told so. */
        record LockedOut(Duration remaining, boolean first) implements Turn {}
    }
}
