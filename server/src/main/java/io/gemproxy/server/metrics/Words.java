package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.ModelLabels;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A bounded set of stable words that may be labels; any further one reads {@code other}. */
final class Words {
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    private final int bound;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Words(int bound) {
        this.bound = bound;
    }

    String of(String word) {
        return known.contains(word) || admit(word) ? word : ModelLabels.OTHER;
    }

    private synchronized boolean admit(String word) {
        return known.contains(word)
                || (known.size() < bound && SANE.matcher(word).matches() && known.add(word));
    }
}
