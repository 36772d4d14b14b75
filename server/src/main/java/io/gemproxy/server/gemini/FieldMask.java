package io.gemproxy.server.gemini;

import java.util.regex.Pattern;

/** What a client wants to see of an answer ({@code fields}, {@code X-Goog-FieldMask}). */
public final class FieldMask {
    /** The counts, and not a choice of them. */
    private static final Pattern COUNTS =
            Pattern.compile("(^|.*,)\\s*(\\*|usageMetadata|usage)\\s*(,.*|$)", Pattern.DOTALL);

    private FieldMask() {}

    /** Whether an answer through this mask still states all token counts. */
    public static boolean showsUsage(String mask) {
        return mask.isBlank() || COUNTS.matcher(mask).matches();
    }
}
