package io.gemproxy.server.reload.writing;

/** A configuration that another one is compared with. */
public sealed interface Side {
    /** The word for what runs. */
    String RUNNING = "running";

    /** The word for what stands on disk. */
    String FILE = "file";

    /** What the server runs with. */
    record Running() implements Side {}

    /** What stands on its disk. */
    record OnDisk() implements Side {}

    /**
     * What was in effect once.
     *
     * @param version as the history names it
     */
    record Kept(String version) implements Side {}

    /** {@code running}, {@code file}, or a version of the history. */
    static Side of(String word) {
        return switch (word) {
            case RUNNING -> new Running();
            case FILE -> new OnDisk();
            default -> new Kept(word);
        };
    }
}
