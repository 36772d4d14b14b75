package io.gemproxy.server.exchange;

/**
 * The name of a client: the {@code sub} claim of its token.
 *
 * @param value never blank
 */
public record ClientId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
