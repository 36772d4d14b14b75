package io.gemproxy.server.exchange;

/** How an exchange ended, in the words of the audit log. */
public enum Result {
    SUCCESS("Success"),
    FAILURE("Failure"),
    DENIED("Denied"),
    ABORTED("Aborted");

    private final String word;

    Result(String word) {
        this.word = word;
    }

    /** As written in {@code result} of an audit record. */
    public String word() {
        return word;
    }
}
