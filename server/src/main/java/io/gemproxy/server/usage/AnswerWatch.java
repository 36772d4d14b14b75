package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.AnswerTrace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Notes which model an answer says it is of, and when each text of a stream ended. Made only where
 * somebody is told; used by one thread.
 */
public final class AnswerWatch {
    /** Longest name of a model that is noted, in bytes. */
    static final int LONGEST = 64;

    /** So many texts of a stream are timed. */
    static final int MOST = 4_096;

    private static final int FIRST_CAPACITY = 32;

    private final LongSupplier nanoTime;
    private @Nullable String model;
    private boolean named;
    private boolean valueNext;
    private long[] ends = new long[0];
    private int texts;

    /**
     * @param nanoTime monotonic, in nanoseconds
     */
    public AnswerWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * A string ended where the member may stand that names the model.
     *
     * @param names whether it is the name of that member
     * @param length more than {@link #LONGEST} if it is longer than that
     */
    void string(boolean names, byte[] text, int length) {
        if (model == null && valueNext && length > 0 && length <= LONGEST) {
            model = new String(text, 0, length, StandardCharsets.UTF_8);
        }
        named = names && !valueNext;
        valueNext = false;
    }

    /** Whether the model is not known yet. */
    boolean wantsModel() {
        return model == null;
    }

    /** A colon came. */
    void colon() {
        valueNext = named;
        named = false;
    }

    /** What comes is the value of no name that was seen. */
    void forgetName() {
        named = false;
        valueNext = false;
    }

    /** A text of the stream, or the only one, is whole. */
    void textEnded() {
        if (texts == MOST) {
            return;
        }
        if (texts == ends.length) {
            ends = Arrays.copyOf(ends, Math.min(MOST, Math.max(FIRST_CAPACITY, 2 * texts)));
        }
        ends[texts] = nanoTime.getAsLong();
        texts++;
    }

    /** What was noted so far. */
    public AnswerTrace trace() {
        return new AnswerTrace(
                Optional.ofNullable(model),
                LongStream.range(1, texts)
                        .mapToObj(i -> Duration.ofNanos(ends[(int) i] - ends[(int) i - 1]))
                        .toList());
    }
}
