package io.gemproxy.server.proxy;

import io.gemproxy.server.gemini.ThoughtSignatures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** The digests of the thought signatures a request carries, as it is read; for one request. */
final class CarriedThoughts {
    /** The last turn decides; these and no more are looked up. */
    private static final int NEWEST = 32;

    /** Of a conversation whose newer signatures came from elsewhere. */
    private static final int OLDEST = 8;

    private final List<String> oldest = new ArrayList<>(OLDEST);
    private final Deque<String> newest = new ArrayDeque<>(NEWEST);
    private final ThoughtSignatures reader = new ThoughtSignatures(this::add);

    /** Reads the next piece of the body. */
    void accept(byte[] bytes, int offset, int count) {
        reader.accept(bytes, offset, count);
    }

    private void add(String digest) {
        if (oldest.size() < OLDEST) {
            oldest.add(digest);
            return;
        }
        if (newest.size() == NEWEST) {
            newest.removeFirst();
        }
        newest.addLast(digest);
    }

    /** At most 40 of them, as they follow one another from the end of the conversation. */
    List<String> newestFirst() {
        List<String> all = new ArrayList<>(oldest);
        all.addAll(newest);
        Collections.reverse(all);
        return all;
    }
}
