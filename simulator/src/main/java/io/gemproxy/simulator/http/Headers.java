package io.gemproxy.simulator.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header lines in their order on the wire, repeated names kept. */
public final class Headers implements Iterable<Header> {
    private final List<Header> lines = new ArrayList<>(12);

    /** Appends a line and returns this. */
    public Headers add(String name, String value) {
        lines.add(new Header(name, value));
        return this;
    }

    /** The value of the first line of that name (case ignored), or null. */
    public @Nullable String first(String name) {
        for (Header line : lines) {
            if (line.name().equalsIgnoreCase(name)) {
                return line.value();
            }
        }
        return null;
    }

    /** The first value of that name, or what to use in its absence. */
    public String first(String name, String otherwise) {
        String value = first(name);
        return value == null ? otherwise : value;
    }

    /** Every value of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Header line : lines) {
            if (line.name().equalsIgnoreCase(name)) {
                values.add(line.value());
            }
        }
        return values;
    }

    /** Whether a line of that name exists. */
    public boolean has(String name) {
        return first(name) != null;
    }

    /** All lines in order, as a copy. */
    public List<Header> list() {
        return List.copyOf(lines);
    }

    @Override
    public Iterator<Header> iterator() {
        return lines.iterator();
    }

    /** Names only: values may be credentials. */
    @Override
    public String toString() {
        return lines.stream().map(Header::name).toList().toString();
    }
}
