package io.gemproxy.cli.config.imports;

/** Why something was not carried over, and what to do instead, in words that several files need. */
final class Why {
    static final String CLIENTS =
            "clients hold tokens of gemproxy: gemproxy-cli token issue --subject NAME";
    static final String ADMIN = "the new file has an admin password of its own";
    static final String RETRIES =
            "gemproxy tries another key where that can help, and never the same one twice";
    static final String CHECKS = "a refused key is asked again by itself, without spending quota";
    static final String NO_DATABASE = "gemproxy keeps its state in files, in state.dir";
    static final String UNCHANGED = "requests and answers pass unchanged";
    static final String OTHER_API = "only keys of the Gemini API can be pooled";
    static final String NO_COUNTERPART = "gemproxy has no counterpart";

    private Why() {}
}
