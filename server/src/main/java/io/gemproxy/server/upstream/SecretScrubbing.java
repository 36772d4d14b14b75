package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.ErrorScrubber;
import java.util.Collection;
import java.util.List;

/** Makes the scrubber that knows the pool's keys by heart. */
public final class SecretScrubbing {
    private SecretScrubbing() {}

    /** A scrubber for upstream errors and for the application log. */
    public static ErrorScrubber of(List<Secret> keys) {
        return new ErrorScrubber(keys.stream().map(Secret::open).toList());
    }

    /** Makes a scrubber know these keys, and no others. */
    public static void teach(ErrorScrubber scrubber, Collection<Secret> keys) {
        scrubber.know(keys.stream().map(Secret::open).toList());
    }
}
