package io.gemproxy.server.state;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A piece of state small enough to be written whole whenever it has changed.
 *
 * @param name its member in the state file, e.g. {@code keys}
 * @param version of its form; a file of an older one is still decoded, a newer one set aside
 * @param type a record of plain values, what Jackson makes of it is the form
 * @param snapshot the value now, told apart by its JSON; asked by one thread, about once a second
 * @param restore takes back a value of an earlier process, before the first snapshot
 */
public record StatePart<T>(
        String name, int version, Class<T> type, Supplier<T> snapshot, Consumer<T> restore) {}
