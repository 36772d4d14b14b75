package io.gemproxy.server.gemini;

/**
 * The id of a model without its collection, e.g. {@code gemini-2.5-flash}; a tuned model keeps
 * {@code tunedModels/}.
 *
 * @param value never blank
 */
public record ModelName(String value) {
    @Override
    public String toString() {
        return value;
    }
}
