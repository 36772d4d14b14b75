package io.gemproxy.server.config;

import java.util.Locale;

/** How bad a finding is; an error stops the start. */
public enum Severity {
    ERROR,
    WARNING,
    NOTICE;

    /** The lower-case word of text and JSON output. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
