package io.gemproxy.server.config;

/**
 * Where a value or a problem stands.
 *
 * @param source the file as the operator named it, or {@code environment NAME}, or {@code --set
 *     key}
 * @param line from 1; 0 where the source has no lines
 * @param column from 1, in characters; 0 where the source has no lines
 */
public record Place(String source, int line, int column) {
    static Place whole(String source) {
        return new Place(source, 0, 0);
    }

    /** {@code file:line:column}, or the source alone where it has no lines. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
