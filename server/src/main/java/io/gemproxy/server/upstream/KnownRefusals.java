package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.AttemptOutcome.KeyRefused;
import io.gemproxy.server.exchange.AttemptOutcome.ProjectRefused;
import io.gemproxy.server.exchange.KeyFault;
import io.gemproxy.server.exchange.LearntProject;
import io.gemproxy.server.exchange.ProjectFault;
import io.gemproxy.server.gemini.GeminiError;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The refusals of a key or project that Google words plainly: by ErrorInfo's reason, or by the
 * beginning of the message, since its end may quote the client. A message is believed before a
 * reason, because one reason covers several cases (an invalid and an expired key).
 */
final class KnownRefusals {
    private static final Map<String, KeyFault> KEY_MESSAGES =
            Map.ofEntries(
                    Map.entry("API key not valid", KeyFault.API_KEY_INVALID),
                    Map.entry("API Key not found", KeyFault.API_KEY_INVALID),
                    Map.entry("API key expired", KeyFault.API_KEY_EXPIRED),
                    Map.entry("Your API key was reported as leaked", KeyFault.API_KEY_LEAKED),
                    Map.entry("Permission denied: Consumer ", KeyFault.CONSUMER_SUSPENDED),
                    Map.entry("Requests from referer ", KeyFault.API_KEY_HTTP_REFERRER_BLOCKED),
                    Map.entry("Requests to this API ", KeyFault.API_KEY_SERVICE_BLOCKED));
    private static final Map<String, ProjectFault> PROJECT_MESSAGES =
            Map.ofEntries(
                    Map.entry("Your project has been denied access", ProjectFault.PROJECT_DENIED),
                    Map.entry(
                            "Permission denied: Consumer 'project",
                            ProjectFault.CONSUMER_SUSPENDED),
                    Map.entry(
                            "Generative Language API has not been used",
                            ProjectFault.SERVICE_DISABLED),
                    Map.entry(
                            "Your prepayment credits are depleted",
                            ProjectFault.PREPAID_CREDITS_DEPLETED),
                    Map.entry(
                            "Your project has exceeded its monthly spending cap",
                            ProjectFault.MONTHLY_CAP));
    private static final Map<String, KeyFault> KEY_REASONS =
            Map.ofEntries(
                    reason(KeyFault.API_KEY_INVALID),
                    reason(KeyFault.API_KEY_EXPIRED),
                    reason(KeyFault.CONSUMER_SUSPENDED),
                    reason(KeyFault.CONSUMER_INVALID),
                    reason(KeyFault.API_KEY_SERVICE_BLOCKED),
                    reason(KeyFault.API_KEY_HTTP_REFERRER_BLOCKED),
                    reason(KeyFault.API_KEY_IP_ADDRESS_BLOCKED),
                    reason(KeyFault.API_KEY_ANDROID_APP_BLOCKED),
                    reason(KeyFault.API_KEY_IOS_APP_BLOCKED));
    private static final Map<String, ProjectFault> PROJECT_REASONS =
            Map.of(
                    "SERVICE_DISABLED", ProjectFault.SERVICE_DISABLED,
                    "BILLING_DISABLED", ProjectFault.BILLING_DISABLED);

    private KnownRefusals() {}

    /** The refusal, if it is one of these. */
    static Optional<AttemptOutcome> of(GeminiError error) {
        Optional<LearntProject> learnt = learnt(error);
        return project(error.message(), error.reasons())
                .<AttemptOutcome>map(fault -> new ProjectRefused(fault, learnt))
                .or(() ->
                        key(error.message(), error.reasons())
                                .map(fault -> new KeyRefused(fault, learnt)));
    }

    /** The project that the answer names. */
    static Optional<LearntProject> learnt(GeminiError error) {
        return error.project().filter(number -> !number.isBlank()).map(LearntProject::of);
    }

    private static Optional<ProjectFault> project(String message, List<String> reasons) {
        return byBeginning(message, PROJECT_MESSAGES)
                .or(() ->
                        byBeginning(message, KEY_MESSAGES).isPresent()
                                ? Optional.empty()
                                : byReason(reasons, PROJECT_REASONS));
    }

    private static Optional<KeyFault> key(String message, List<String> reasons) {
        return byBeginning(message, KEY_MESSAGES).or(() -> byReason(reasons, KEY_REASONS));
    }

    private static <T> Optional<T> byBeginning(String message, Map<String, T> known) {
        return known.entrySet().stream()
                .filter(entry -> message.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static <T> Optional<T> byReason(List<String> reasons, Map<String, T> known) {
        return reasons.stream().filter(known::containsKey).map(known::get).findFirst();
    }

    private static Map.Entry<String, KeyFault> reason(KeyFault fault) {
        return Map.entry(fault.name(), fault);
    }
}
