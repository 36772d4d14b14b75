package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.KeyId;
import java.util.List;
import java.util.Optional;

/**
 * What an operator can see of the pooled keys and do with them; empty where there is no such key.
 */
public interface KeyDesk {
    /** All keys, in the order of the configuration. */
    List<KeyReport> all();

    Optional<KeyReport> one(KeyId key);

    /** Puts a key back to work: ends its rest, whatever made it rest. */
    Optional<KeyReport> enable(KeyId key);

    /** Takes a key out until somebody enables it; running requests end. */
    Optional<KeyReport> disable(KeyId key);

    /**
     * Asks Google about a key, whatever its state; blocks until the answers are there.
     *
     * @param generate whether one token may be generated and paid for
     */
    Tested test(KeyId key, boolean generate);

    /** What became of the wish for a test. */
    sealed interface Tested {
        /** It was made. */
        record Done(KeyTest result) implements Tested {}

        /** It may be made later; why, in a sentence. */
        record NotNow(String why) implements Tested {}

        /** There is no such key. */
        record Unknown() implements Tested {}
    }
}
