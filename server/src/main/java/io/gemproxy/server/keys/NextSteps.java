package io.gemproxy.server.keys;

import java.util.Locale;
import java.util.Map;

/** What an operator does about a reason, in plain words. */
final class NextSteps {
    private static final String RENEW =
            "Make a new key at https://aistudio.google.com/apikey, put it into the configuration in"
                    + " place of this one. If it was mended at Google instead,"
                    + " run 'gemproxy-cli keys test KEY-ID'.";
    private static final String PROLONG =
            "Put a new key (https://aistudio.google.com/apikey) or a later expires_at into the"
                    + " configuration.";
    private static final String RESTRICTION =
            "Change the restrictions of the key in the Google Cloud console so that it may call the"
                    + " Gemini API from this server, then run 'gemproxy-cli keys test'.";
    private static final String PAY =
            "Add credit or settle the bill of the billing account at https://ai.studio/projects.";
    private static final String QUOTA =
            "Nothing to do: it serves again by itself. If this is frequent, add a project or raise"
                    + " its tier.";

    private static final Map<String, String> STEPS =
            Map.ofEntries(
                    Map.entry("api_key_invalid", RENEW),
                    Map.entry("api_key_expired", RENEW),
                    Map.entry("expired", PROLONG),
                    Map.entry(
                            "api_key_leaked",
                            "Google found this key in public and will never accept it again: delete"
                                    + " it, find the leak, and make a new one."),
                    Map.entry(
                            "consumer_suspended",
                            "Google suspended the key or its project: see the project's page in the"
                                    + " Google Cloud console and appeal there."),
                    Map.entry("consumer_invalid", RENEW),
                    Map.entry("access_token_type_unsupported", RENEW),
                    Map.entry("unauthenticated", RENEW),
                    Map.entry(
                            "api_keys_not_supported",
                            "This is a key of another Google product. " + RENEW),
                    Map.entry("api_key_service_blocked", RESTRICTION),
                    Map.entry("api_key_http_referrer_blocked", RESTRICTION),
                    Map.entry("api_key_ip_address_blocked", RESTRICTION),
                    Map.entry("api_key_android_app_blocked", RESTRICTION),
                    Map.entry("api_key_ios_app_blocked", RESTRICTION),
                    Map.entry(
                            "service_disabled",
                            "Enable the Generative Language API in the key's project in the Google"
                                    + " Cloud console."),
                    Map.entry("billing_disabled", PAY),
                    Map.entry("prepaid_credits_depleted", PAY),
                    Map.entry(
                            "monthly_cap",
                            "Raise the project's monthly spending cap at https://ai.studio/spend,"
                                    + " or wait for the month to end."),
                    Map.entry(
                            "spend_rate",
                            "Nothing to do: the limit of dollars in ten minutes opens by itself. A"
                                    + " higher tier of the billing account has a higher one."),
                    Map.entry(
                            "project_denied",
                            "Google denied the project access: see its page in the Google Cloud"
                                    + " console, and use another project meanwhile."),
                    Map.entry(
                            "location_unsupported",
                            "Google does not serve the region this server calls from, or not"
                                    + " without billing."),
                    Map.entry(
                            "no_quota_for_model",
                            "The project's tier has no quota for a model: raise the tier, or leave"
                                    + " the model to other projects."),
                    Map.entry(
                            "automated_queries",
                            "Google takes this server's address for a robot's: wait, or call from"
                                    + " another address."),
                    Map.entry(
                            "circuit_breaker",
                            "Nothing to do: it is tried again by itself. If it keeps failing, run"
                                    + " 'gemproxy-cli keys test'."),
                    Map.entry(
                            "disabled_by_operator",
                            "Run 'gemproxy-cli keys enable' when it should serve again."));

    private NextSteps() {}

    /**
     * @param reason a stable word, in any case
     * @param endsByItself whether waiting is enough
     */
    static String of(String reason, boolean endsByItself) {
        String word = reason.toLowerCase(Locale.ROOT);
        return STEPS.getOrDefault(
                word,
                endsByItself
                        ? QUOTA
                        : "Run 'gemproxy-cli keys test' to see what Google says about it.");
    }
}
