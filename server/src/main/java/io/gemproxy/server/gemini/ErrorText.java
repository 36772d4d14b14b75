package io.gemproxy.server.gemini;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the message of an error says that its details usually say better: a wait, exhausted quotas,
 * the number of the project.
 */
final class ErrorText {
    private static final int MOST_VIOLATIONS = 16;
    private static final Pattern RETRY_IN = Pattern.compile("Please retry in ([0-9a-z.]{1,40})");
    private static final Pattern NUMBER =
            Pattern.compile("consumer '?project(?:_number:|s/)([0-9]{1,20})");

    /** {@code Quota exceeded for metric: M, limit: 20, model: gemini-3.8-flash}. */
    private static final Pattern QUOTA =
            Pattern.compile(
                    "Quota exceeded for metric: ([\\w./-]{1,200})"
                            + "(?:, limit: ([0-9]{1,18}))?(?:, model: ([\\w./@:-]{1,128}))?");

    /** {@code Quota exceeded for quota metric 'M' and limit 'L' of service …}, the older form. */
    private static final Pattern OLDER_QUOTA =
            Pattern.compile(
                    "Quota exceeded for quota metric '([^']{1,200})'(?: and limit '([^']{1,200})')?");

    private static final Pattern BARE_LIMIT_ZERO = Pattern.compile("\\blimit: 0(?![0-9.,]*[0-9])");

    /** An id in running text, as in the words of a gRPC client. */
    private static final Pattern ID =
            Pattern.compile("\\b[A-Z][A-Za-z]{1,100}Per(?:Day|Minute)[A-Za-z0-9-]{0,100}");

    private final String message;

    ErrorText(String message) {
        this.message = message;
    }

    Optional<Duration> retryDelay() {
        Matcher wait = RETRY_IN.matcher(message);
        return wait.find()
                ? WireDuration.parse(wait.group(1).replaceFirst("\\.$", ""))
                : Optional.empty();
    }

    Optional<String> project() {
        Matcher number = NUMBER.matcher(message);
        return number.find() ? Optional.of(number.group(1)) : Optional.empty();
    }

    List<QuotaViolation> violations() {
        List<QuotaViolation> found = new ArrayList<>();
        collect(QUOTA, found);
        if (found.isEmpty()) {
            collect(OLDER_QUOTA, found);
        }
        if (found.isEmpty()) {
            collect(ID, found);
        }
        if (found.isEmpty() && BARE_LIMIT_ZERO.matcher(message).find()) {
            found.add(new QuotaViolation("", "", "0", Optional.empty()));
        }
        return found;
    }

    private void collect(Pattern form, List<QuotaViolation> found) {
        Matcher quota = form.matcher(message);
        while (quota.find() && found.size() < MOST_VIOLATIONS) {
            found.add(violation(form, quota));
        }
    }

    private static QuotaViolation violation(Pattern form, Matcher quota) {
        if (form == ID) {
            return new QuotaViolation(quota.group(), "", "", Optional.empty());
        }
        String second = Optional.ofNullable(quota.group(2)).orElse("");
        return form == QUOTA
                ? new QuotaViolation(
                        "", quota.group(1), second, Optional.ofNullable(quota.group(3)))
                : new QuotaViolation(second, quota.group(1), "", Optional.empty());
    }
}
