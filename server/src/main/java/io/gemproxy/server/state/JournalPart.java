package io.gemproxy.server.state;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * State of many small entries, of which each change is appended to a journal of its own. An entry
 * says all about its subject, so that reading one twice changes nothing; later entries win.
 *
 * @param name of the file, without {@code .journal}
 * @param version of the entries' form; a file of a newer one is set aside
 * @param type a record of plain values, what Jackson makes of it is the form
 * @param changes what was changed since the last flush
 * @param live entries that make up everything known now
 * @param restore takes the entries of earlier processes, in order, before the first change
 * @param damaged is told, after {@code restore}, that entries of earlier processes may be missing;
 *     what a crash left half written was never confirmed and is not missed
 */
public record JournalPart<E>(
        String name,
        int version,
        Class<E> type,
        Changes<E> changes,
        Supplier<Stream<E>> live,
        Consumer<Stream<E>> restore,
        Runnable damaged) {
    /** Of an owner who goes on with what is left. */
    public JournalPart(
            String name,
            int version,
            Class<E> type,
            Changes<E> changes,
            Supplier<Stream<E>> live,
            Consumer<Stream<E>> restore) {
        this(name, version, type, changes, live, restore, () -> {});
    }
}
