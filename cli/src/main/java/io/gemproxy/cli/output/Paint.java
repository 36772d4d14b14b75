package io.gemproxy.cli.output;

/** Colours of a terminal, or none. */
public enum Paint {
    RED("31"),
    YELLOW("33"),
    GREEN("32"),
    BOLD("1");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    String on(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
