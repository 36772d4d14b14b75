package io.gemproxy.server.gemini;

import java.util.Optional;

/** Makes a model name of what a path or a body calls a model. */
public final class ModelNames {
    private static final int LONGEST = 128;

    private ModelNames() {}

    /**
     * Drops the collection {@code models/}.
     *
     * @return empty for what no model is called: blank, overlong, or with characters that do not
     *     belong in a metric's label
     */
    public static Optional<ModelName> of(String written) {
        String name = written.startsWith("models/") ? written.substring(7) : written;
        return isPlain(name) ? Optional.of(new ModelName(name)) : Optional.empty();
    }

    private static boolean isPlain(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '/'
                || c == '@'
                || c == ':';
    }
}
