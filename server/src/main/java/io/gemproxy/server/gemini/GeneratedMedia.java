package io.gemproxy.server.gemini;

/**
 * What was made and is billed by the piece.
 *
 * @param images pictures made
 * @param videoSeconds seconds of video made, of all videos together
 * @param resolution of the videos as the request names it, e.g. {@code 4k}; empty if it does not
 */
public record GeneratedMedia(long images, long videoSeconds, String resolution) {
    /** Nothing. */
    public static final GeneratedMedia NONE = new GeneratedMedia(0, 0, "");
}
