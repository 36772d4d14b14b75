package io.gemproxy.server.gemini;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Takes keys and project numbers out of what Google says, leaving every other byte as it is. Safe
 * for use by many threads.
 */
public final class ErrorScrubber {
    private static final byte[] REDACTED = "[redacted]".getBytes(StandardCharsets.US_ASCII);

    private volatile SecretForms secrets;

    /**
     * @param secrets every pooled key in the clear; found as it is and percent-encoded, in base64
     *     at any alignment and with JSON escapes
     */
    public ErrorScrubber(Collection<String> secrets) {
        this.secrets = SecretForms.of(secrets);
    }

    /** Knows these secrets from now on, in place of those it knew. */
    public void know(Collection<String> others) {
        secrets = SecretForms.of(others);
    }

    /**
     * Replaces pooled keys, whatever looks like an API key, and project numbers by {@code
     * [redacted]}, in time linear in the length.
     *
     * @param text content coding removed
     * @return the same array if nothing was found
     */
    public byte[] scrub(byte[] text) {
        SecretForms known = secrets;
        @Nullable ByteArrayOutputStream clean = null;
        int copied = 0;
        int at = 0;
        while (at < text.length) {
            long span = find(known, text, at);
            int end = (int) span;
            if (end == 0) {
                at++;
                continue;
            }
            clean = clean == null ? new ByteArrayOutputStream(text.length + 64) : clean;
            clean.write(text, copied, (int) (span >>> 32) - copied);
            clean.write(REDACTED, 0, REDACTED.length);
            copied = end;
            at = end;
        }
        if (clean == null) {
            return text;
        }
        clean.write(text, copied, text.length - copied);
        return clean.toByteArray();
    }

    /**
     * As {@link #scrub(byte[])}, for the value of a header; the same string if nothing is found.
     */
    public String scrub(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        byte[] clean = scrub(bytes);
        return Arrays.equals(bytes, clean) ? value : new String(clean, StandardCharsets.UTF_8);
    }

    /** Start (high half) and end of what to redact when something begins here; 0 if nothing. */
    private static long find(SecretForms known, byte[] text, int at) {
        int end = known.endOfMatch(text, at);
        if (end > at) {
            return span(at, end);
        }
        return switch (text[at]) {
            case 'A' -> span(at, SuspectText.endOfKey(text, at));
            case 'a' -> SuspectText.labelledKey(text, at);
            case 'p', 'P', 'c' -> SuspectText.projectNumber(text, at);
            default -> 0;
        };
    }

    static long span(int start, int end) {
        return end <= start ? 0 : ((long) start << 32) | end;
    }
}
