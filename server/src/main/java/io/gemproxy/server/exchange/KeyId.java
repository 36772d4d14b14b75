package io.gemproxy.server.exchange;

/**
 * The operator's name for a pooled key ({@code gemini.api_keys[].id}); never the key itself.
 *
 * @param value never blank
 */
public record KeyId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
