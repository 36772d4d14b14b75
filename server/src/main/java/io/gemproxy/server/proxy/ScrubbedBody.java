package io.gemproxy.server.proxy;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The bytes of an upstream error from which keys and project numbers are gone. */
final class ScrubbedBody {
    private static final Pattern RETRY_DELAY =
            Pattern.compile("(\"retryDelay\"\\s*:\\s*)\"[^\"\\\\]*\"");

    private final byte[] bytes;

    ScrubbedBody(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The same with this wait in its RetryInfo, if it has one; the words stay Google's. */
    ScrubbedBody withRetryDelay(long seconds) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String told = RETRY_DELAY.matcher(text).replaceAll("$1\"" + seconds + "s\"");
        return new ScrubbedBody(told.getBytes(StandardCharsets.ISO_8859_1));
    }
}
