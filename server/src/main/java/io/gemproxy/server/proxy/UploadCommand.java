package io.gemproxy.server.proxy;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;

/**
 * What the head of a request says of the upload that it begins or continues.
 *
 * @param words the commands, e.g. {@code upload, finalize}; empty if it names none
 * @param begins whether it only begins an upload in pieces
 * @param offset in bytes, where a piece belongs; -1 if that cannot be read
 * @param length the announced length of all of it, in bytes; 0 if it is not announced
 * @param type the announced media type, at most 100 characters; empty if it is not announced
 */
record UploadCommand(String words, boolean begins, long offset, long length, String type) {
    private static final HeaderName PROTOCOL = HeaderNames.create("x-goog-upload-protocol");
    private static final HeaderName COMMAND = HeaderNames.create("x-goog-upload-command");
    private static final HeaderName OFFSET = HeaderNames.create("x-goog-upload-offset");
    private static final HeaderName LENGTH =
            HeaderNames.create("x-goog-upload-header-content-length");
    private static final HeaderName TYPE = HeaderNames.create("x-goog-upload-header-content-type");
    private static final int LONGEST_TYPE = 100;

    static UploadCommand of(ServerRequestHeaders head) {
        String words = head.first(COMMAND).orElse("");
        String type = head.first(TYPE).orElse("").strip();
        return new UploadCommand(
                words,
                head.first(PROTOCOL).orElse("").equals("resumable") && !words.contains("upload"),
                number(head, OFFSET),
                Math.max(0, number(head, LENGTH)),
                type.substring(0, Math.min(type.length(), LONGEST_TYPE)));
    }

    /** Whether a piece comes with it. */
    boolean uploads() {
        return words.contains("upload");
    }

    /** Whether that is all, should Google take it. */
    boolean finalizes() {
        return words.contains("finalize");
    }

    private static long number(ServerRequestHeaders head, HeaderName name) {
        try {
            return Long.parseLong(head.first(name).orElse("0").strip());
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }
}
