package io.gemproxy.server.ratelimit;

import io.gemproxy.server.exchange.AddressGroup;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.ratelimit.RateDecision.Limited;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The limits of a minute. The promise: no sixty seconds, wherever they start, see more admitted
 * than the limit; the declared burst on top of it is none. Tokens count as reserved until they are
 * settled; what a request used beyond its reservation is on top. Safe for use by many threads.
 */
public final class RateLimiter {
    /** The one subject of a limit on all. */
    private static final String ALL = "";

    private volatile RateLimitConfig config;
    private final Windows<AddressGroup> addresses;
    private final Windows<AddressGroup> addressTokens;
    private final Windows<AddressGroup> failures;
    private final Windows<String> all;
    private final Windows<String> allTokens;
    private final Windows<ClientId> clients;
    private final Windows<ClientId> clientTokens;

    /**
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public RateLimiter(RateLimitConfig config, LongSupplier nanoTime) {
        this.config = config;
        addresses = new Windows<>(LimitPolicy.ADDRESS, nanoTime);
        addressTokens = new Windows<>(LimitPolicy.ADDRESS_TOKENS, nanoTime);
        failures = new Windows<>(LimitPolicy.ADDRESS_FAILURES, nanoTime);
        all = new Windows<>(LimitPolicy.GLOBAL, nanoTime);
        allTokens = new Windows<>(LimitPolicy.GLOBAL_TOKENS, nanoTime);
        clients = new Windows<>(LimitPolicy.CLIENT, nanoTime);
        clientTokens = new Windows<>(LimitPolicy.CLIENT_TOKENS, nanoTime);
    }

    /** Other limits hold from now on; what was counted within the minute counts on. */
    public void reconfigure(RateLimitConfig next) {
        config = next;
    }

    /** The limits that hold now. */
    public RateLimitConfig config() {
        return config;
    }

    /** Whether clients with a limit in dollars may call models without price. */
    public boolean unpricedAllowed() {
        return config.unpricedAllowed();
    }

    /** Counts a request from an address, or refuses it. */
    public RateDecision ofAddress(String address) {
        OptionalLong limit = config.address().requestsPerMinute();
        return limit.isEmpty()
                ? RateDecision.Admitted.FREELY
                : addresses.tryTake(AddressGroup.of(address), limit, 1);
    }

    /** Whether the address presented so many wrong credentials that no more are looked at. */
    public Optional<Limited> failuresOf(String address) {
        OptionalLong limit = config.addressFailuresPerMinute();
        return limit.isEmpty() ? Optional.empty() : failures.full(AddressGroup.of(address), limit);
    }

    /** Counts a credential that did not hold. */
    public void failed(String address) {
        if (config.addressFailuresPerMinute().isPresent()) {
            failures.add(AddressGroup.of(address), 1);
        }
    }

    /** Whether the limit on all clients together is reached; counts nothing. */
    public Optional<Limited> ofAllReached() {
        return all.full(ALL, config.all().requestsPerMinute());
    }

    /** Counts a request among those of all clients, or refuses it. */
    public RateDecision ofAll() {
        return all.tryTake(ALL, config.all().requestsPerMinute(), 1);
    }

    /**
     * Counts a request of this client, or refuses it. Tokens of one client share one count; a limit
     * in the token goes before the configured one.
     */
    public RateDecision ofClient(Client client) {
        OptionalInt own = client.limits().requestsPerMinute();
        return clients.tryTake(
                client.id(),
                own.isPresent()
                        ? OptionalLong.of(own.getAsInt())
                        : config.client().requestsPerMinute(),
                1);
    }

    /** Whether tokens of this client are limited by the minute, its own, its address's or all. */
    public boolean countsTokens(Client client) {
        return tokenLimit(client).isPresent()
                || config.address().tokensPerMinute().isPresent()
                || config.all().tokensPerMinute().isPresent();
    }

    /** Reserves tokens of this client, or refuses them. */
    public RateDecision tokensOfClient(Client client, long tokens) {
        return clientTokens.tryTake(client.id(), tokenLimit(client), tokens);
    }

    /** Reserves tokens of an address, or refuses them. */
    public RateDecision tokensOfAddress(String address, long tokens) {
        OptionalLong limit = config.address().tokensPerMinute();
        return limit.isEmpty()
                ? RateDecision.Admitted.FREELY
                : addressTokens.tryTake(AddressGroup.of(address), limit, tokens);
    }

    /** Reserves tokens among those of all clients, or refuses them. */
    public RateDecision tokensOfAll(long tokens) {
        return allTokens.tryTake(ALL, config.all().tokensPerMinute(), tokens);
    }

    private OptionalLong tokenLimit(Client client) {
        OptionalLong own = client.limits().tokensPerMinute();
        return own.isPresent() ? own : config.client().tokensPerMinute();
    }
}
