package io.gemproxy.acceptance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Searches streams of bytes for many secrets at once, across the seams of their reads (Wu and
 * Manber's shifts by pairs of bytes, so that gigabytes pass quickly).
 */
final class SecretSearch {
    private final List<Map.Entry<String, byte[]>> forms;
    private final int shortest;
    private final int longest;
    private final byte[] shifts = new byte[1 << 16];
    private final Set<String> findings = new ConcurrentSkipListSet<>();
    private final AtomicLong searched = new AtomicLong();

    /**
     * @param forms names and bytes; the names are what is reported
     */
    SecretSearch(Map<String, byte[]> forms) {
        this.forms = List.copyOf(forms.entrySet());
        this.shortest = forms.values().stream().mapToInt(form -> form.length).min().orElseThrow();
        this.longest = forms.values().stream().mapToInt(form -> form.length).max().orElseThrow();
        if (shortest < 8 || shortest > 127) {
            throw new IllegalArgumentException("a form of " + shortest + " bytes");
        }
        Arrays.fill(shifts, (byte) (shortest - 1));
        for (byte[] form : forms.values()) {
            for (int end = 1; end < shortest; end++) {
                int pair = pair(form, end);
                shifts[pair] = (byte) Math.min(shifts[pair], shortest - 1 - end);
            }
        }
    }

    /** What was found so far: which secret, in which form, where. */
    Set<String> findings() {
        return findings;
    }

    /** How many bytes were looked at. */
    long searched() {
        return searched.get();
    }

    /** Searches a whole text. */
    void whole(String where, byte[] bytes) {
        new Stream(where).next(bytes, bytes.length);
    }

    /** The search of one stream; for one thread. */
    final class Stream {
        private final String where;
        private byte[] window = new byte[0];
        private int kept;

        Stream(String where) {
            this.where = where;
        }

        /** Searches what was just read, together with the end of what was read before. */
        void next(byte[] read, int length) {
            if (window.length < kept + length) {
                window = Arrays.copyOf(window, kept + length);
            }
            System.arraycopy(read, 0, window, kept, length);
            int filled = kept + length;
            search(filled);
            int keep = Math.min(longest - 1, filled);
            System.arraycopy(window, filled - keep, window, 0, keep);
            kept = keep;
            searched.addAndGet(length);
        }

        private void search(int filled) {
            int end = shortest - 1;
            while (end < filled) {
                int shift = shifts[pair(window, end)];
                if (shift == 0) {
                    compare(end - shortest + 1, filled);
                    shift = 1;
                }
                end += shift;
            }
        }

        private void compare(int start, int filled) {
            for (Map.Entry<String, byte[]> form : forms) {
                byte[] bytes = form.getValue();
                int end = start + bytes.length;
                if (end <= filled && Arrays.equals(window, start, end, bytes, 0, bytes.length)) {
                    findings.add(form.getKey() + " in " + where);
                }
            }
        }
    }

    private static int pair(byte[] bytes, int end) {
        return ((bytes[end - 1] & 0xff) << 8) | (bytes[end] & 0xff);
    }
}
