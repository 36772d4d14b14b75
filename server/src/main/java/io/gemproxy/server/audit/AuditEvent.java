package io.gemproxy.server.audit;

import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something worth an audit record that is not the end of an exchange.
 *
 * @param type what kind of thing happened
 * @param at when
 * @param action what was done, a stable word such as {@code key.disable}
 * @param result how it ended
 * @param actor client or admin, if somebody did it
 * @param requestId the request it belongs to, if there is one
 * @param sourceIp where that came from
 * @param details further fields of the record; lower-case names, values never secrets
 * @param userAgent what the caller says it is
 * @param duration how long it took
 */
public record AuditEvent(
        Type type,
        Instant at,
        String action,
        Result result,
        Optional<String> actor,
        Optional<RequestId> requestId,
        Optional<String> sourceIp,
        Map<String, String> details,
        Optional<String> userAgent,
        Optional<Duration> duration) {
    private static final Pattern DETAIL_NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** The words of what the log says about itself begin so; no other event may use them. */
    public static final String OF_THE_LOG = "audit.";

    public AuditEvent {
        if (action.startsWith(OF_THE_LOG)) {
            throw new IllegalArgumentException("not a word for an event: " + action);
        }
        details = Map.copyOf(details);
        for (String name : details.keySet()) {
            if (!DETAIL_NAME.matcher(name).matches() || AuditFields.COMMON.contains(name)) {
                throw new IllegalArgumentException("not a name for a detail: " + name);
            }
        }
    }

    /** An event of which neither is known. */
    public AuditEvent(
            Type type,
            Instant at,
            String action,
            Result result,
            Optional<String> actor,
            Optional<RequestId> requestId,
            Optional<String> sourceIp,
            Map<String, String> details) {
        this(
                type,
                at,
                action,
                result,
                actor,
                requestId,
                sourceIp,
                details,
                Optional.empty(),
                Optional.empty());
    }

    /** The kinds of record besides the terminal ones of requests. */
    public enum Type {
        KEY_STATE_CHANGED("KeyStateChanged"),
        CONFIG_RELOADED("ConfigReloaded"),
        CONFIG_REJECTED("ConfigRejected"),
        ADMIN_LOGIN("AdminLogin"),
        ADMIN_ACTION("AdminAction"),
        TOKEN_ISSUED("TokenIssued"),
        TOKEN_REVOKED("TokenRevoked"),
        CERTIFICATE_OBTAINED("CertificateObtained"),
        CERTIFICATE_FAILED("CertificateFailed"),
        SERVER_STARTED("ServerStarted"),
        SERVER_STOPPED("ServerStopped");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** As written in {@code event_type}. */
        public String word() {
            return word;
        }
    }

    /** An event nobody in particular caused. */
    public static AuditEvent of(
            Type type, Instant at, String action, Result result, Map<String, String> details) {
        return new AuditEvent(
                type,
                at,
                action,
                result,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                details);
    }
}
