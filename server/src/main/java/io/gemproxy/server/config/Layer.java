package io.gemproxy.server.config;

/** Who said it, in rising precedence. */
public enum Layer {
    DEFAULT("default"),
    FILE("file"),
    ENVIRONMENT("environment"),
    COMMAND_LINE("command_line");

    private final String word;

    Layer(String word) {
        this.word = word;
    }

    /** As programs read it. */
    public String word() {
        return word;
    }
}
