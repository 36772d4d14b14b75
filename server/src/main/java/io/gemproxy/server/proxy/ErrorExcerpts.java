package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.ErrorExcerpt;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.gemini.GeminiError;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes from Google's errors what an operator may read. */
final class ErrorExcerpts {
    /** Controls, direction marks, zero widths, line ends, halves of characters. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\s]+");

    private static final int LONGEST_STATUS = 40;

    private final ErrorScrubber scrubber;

    ErrorExcerpts(ErrorScrubber scrubber) {
        this.scrubber = scrubber;
    }

    /** What an error answer says; empty if there was no such answer. */
    Optional<ErrorExcerpt> of(AttemptResult result) {
        return result instanceof AttemptResult.Refusal refusal
                ? Optional.of(
                        excerpt(
                                refusal.status(),
                                GeminiError.read(refusal.body().bytes(), contentType(refusal))))
                : Optional.empty();
    }

    /** What an error inside an answer says that began well. */
    ErrorExcerpt ofInBand(byte[] error) {
        GeminiError said = GeminiError.read(error, "");
        return excerpt(said.httpStatus(), said);
    }

    private ErrorExcerpt excerpt(int status, GeminiError error) {
        String word = line(error.status(), LONGEST_STATUS);
        return new ErrorExcerpt(
                word.isEmpty() ? "" + status : status + " " + word,
                line(error.message(), ErrorExcerpt.LONGEST));
    }

    /** Scrubbed before it is cut, so that no part of a key is left at the end. */
    private String line(String text, int most) {
        String line = scrubber.scrub(UNPRINTABLE.matcher(text).replaceAll(" ")).strip();
        if (line.codePointCount(0, line.length()) <= most) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static String contentType(AttemptResult.Refusal refusal) {
        for (HeaderField field : refusal.headers()) {
            if (field.name().equalsIgnoreCase("content-type")) {
                return field.value();
            }
        }
        return "";
    }
}
