package io.gemproxy.emissions;

import java.util.Arrays;
import java.util.function.Consumer;

/** The bytes that came out at one place, kept until they are searched. */
final class Channel {
    private static final int ENOUGH = 1 << 20;

    private final String place;
    private final Emissions emissions;
    private byte[] bytes = new byte[256];
    private int filled;
    private int known;

    Channel(String place, Emissions emissions) {
        this.place = place;
        this.emissions = emissions;
    }

    /** Takes more bytes; searches at once when it holds a mebibyte. */
    void add(byte[] more, int from, int length) {
        boolean enough;
        synchronized (this) {
            if (filled + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(filled + length, 2 * bytes.length));
            }
            System.arraycopy(more, from, bytes, filled, length);
            filled += length;
            enough = filled - known >= ENOUGH;
        }
        emissions.came(this, length);
        if (enough) {
            emissions.search(this);
        }
    }

    /** Tells what is found in the bytes that came since the last search, and keeps their end. */
    synchronized void search(SecretSearch search, Consumer<String> finding) {
        search.in(bytes, known, filled).forEach(form -> finding.accept(form + " in " + place));
        known = Math.min(search.longest() - 1, filled);
        bytes = Arrays.copyOfRange(bytes, filled - known, Math.max(filled, filled - known + 256));
        filled = known;
    }
}
