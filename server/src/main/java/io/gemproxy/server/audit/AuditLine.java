package io.gemproxy.server.audit;

/** One line of an audit file as it may be shown on a terminal. */
public sealed interface AuditLine {
    /** The line, free of terminal escapes and other control characters. */
    String text();

    /** A whole record: one JSON object. */
    record Complete(String text) implements AuditLine {}

    /** No record: half a line left by a crash, or still being written, or tampered with. */
    record Torn(String text) implements AuditLine {}
}
