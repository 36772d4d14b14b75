package io.gemproxy.emissions;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Searches streams of bytes for many secrets at once, across the seams of their reads (Wu and
 * Manber's shifts by pairs of bytes, so that gigabytes pass quickly).
 */
public final class SecretSearch {
    private final List<Map.Entry<String, byte[]>> forms;
    private final int shortest;
    private final int longest;
    private final byte[] shifts = new byte[1 << 16];
    private final Set<String> findings = new ConcurrentSkipListSet<>();
    private final AtomicLong searched = new AtomicLong();

    /**
     * @param forms names and bytes, each of at least 8; the names are what is reported
     */
    public SecretSearch(Map<String, byte[]> forms) {
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
    public Set<String> findings() {
        return findings;
    }

    /** How many bytes were looked at. */
    public long searched() {
        return searched.get();
    }

    /** The bytes of the longest form. */
    int longest() {
        return longest;
    }

    /** Searches a whole text. */
    public void whole(String where, byte[] bytes) {
        new Stream(where).next(bytes, bytes.length);
    }

    /** The forms that end after the first {@code known} of these {@code length} bytes. */
    Set<String> in(byte[] text, int known, int length) {
        searched.addAndGet(length - known);
        Set<String> found = new TreeSet<>();
        int end = shortest - 1;
        while (end < length) {
            int shift = shifts[pair(text, end)];
            if (shift == 0) {
                compare(text, end - shortest + 1, known, length, found);
                shift = 1;
            }
            end += shift;
        }
        return found;
    }

    private void compare(byte[] text, int start, int known, int length, Set<String> found) {
        for (Map.Entry<String, byte[]> form : forms) {
            byte[] bytes = form.getValue();
            int end = start + bytes.length;
            if (end > known
                    && end <= length
                    && Arrays.equals(text, start, end, bytes, 0, bytes.length)) {
                found.add(form.getKey());
            }
        }
    }

    /** The search of one stream; for one thread. */
    public final class Stream {
        private final String where;
        private byte[] window = new byte[0];
        private int kept;

        public Stream(String where) {
            this.where = where;
        }

        /** Searches what was just read, together with the end of what was read before. */
        public void next(byte[] read, int length) {
            if (window.length < kept + length) {
                window = Arrays.copyOf(window, kept + length);
            }
            System.arraycopy(read, 0, window, kept, length);
            int filled = kept + length;
            in(window, kept, filled).forEach(form -> findings.add(form + " in " + where));
            int keep = Math.min(longest - 1, filled);
            System.arraycopy(window, filled - keep, window, 0, keep);
            kept = keep;
        }
    }

    private static int pair(byte[] bytes, int end) {
        return ((bytes[end - 1] & 0xff) << 8) | (bytes[end] & 0xff);
    }
}
