package io.gemproxy.server.config;

import io.gemproxy.server.authentication.IssuingConfig;
import io.gemproxy.server.authentication.sessions.SessionConfig;
import java.time.Duration;

/** Judges how long tokens and sessions live: as long as they do, one that leaked is good. */
final class LifetimeReview {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Leaves leaves;
    private final Report report;

    LifetimeReview(Leaves leaves, Report report) {
        this.leaves = leaves;
        this.report = report;
    }

    void issuing(IssuingConfig issuing) {
        atMost("auth.token_max_lifetime_days", issuing.maxLifetime(), YEAR, "a year");
        atMost("auth.oauth_token_lifetime_seconds", issuing.oauthLifetime(), HOUR, "an hour");
    }

    void sessions(SessionConfig sessions) {
        atMost("admin.token_expiry_hours", sessions.tokenLifetime(), DAY, "a day");
        atMost("admin.session_timeout_minutes", sessions.idleTimeout(), DAY, "a day");
    }

    private void atMost(String path, Duration given, Duration most, String phrase) {
        leaves.find(path)
                .filter(_ -> given.compareTo(most) > 0)
                .ifPresent(leaf ->
                        report.add(
                                Rule.LONG_TOKENS,
                                leaf,
                                "is more than " + phrase + "; a token that leaks is good as long",
                                "give " + phrase + " or less"));
    }
}
