package io.gemproxy.server.gemini;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where the plain bytes of a JSON string end, eight at a time: most of a body is strings. */
public final class StringEnd {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private StringEnd() {}

    /**
     * The first position from here on that holds one of three ASCII characters; {@code to} if none
     * does.
     */
    public static int find(byte[] text, int from, int to, char one, char two, char three) {
        int at = from;
        while (at + Long.BYTES <= to) {
            long bytes = (long) EIGHT.get(text, at);
            if (((zeros(bytes ^ (one * ONES)) | zeros(bytes ^ (two * ONES)))
                            | zeros(bytes ^ (three * ONES)))
                    != 0) {
                break;
            }
            at += Long.BYTES;
        }
        while (at < to && text[at] != one && text[at] != two && text[at] != three) {
            at++;
        }
        return at;
    }

    /** Not zero if and only if one of the eight bytes is zero. */
    private static long zeros(long bytes) {
        return (bytes - ONES) & ~bytes & HIGHS;
    }
}
