package io.gemproxy.server.probing;

import java.util.Locale;

/** The questions about a key, each a little nearer to real work than the one before. */
public enum Rung {
    /** {@code models.list}: whether the key is accepted; counts against no quota of generation. */
    MODELS_LIST,
    /** {@code countTokens}: whether its project may use a model; free as well. */
    COUNT_TOKENS,
    /** {@code generateContent} for one token: costs a request of the day and a little money. */
    GENERATE_ONE_TOKEN;

    /** As shown to operators. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
