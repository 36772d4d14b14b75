package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.ratelimit.Allowance;
import io.gemproxy.server.ratelimit.RateDecision;
import io.gemproxy.server.ratelimit.budget.BudgetDecision;
import io.gemproxy.server.ratelimit.budget.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** How each refusal by a limit of the proxy's own is said. */
final class LimitRefusals {
    private static final int MICRODOLLARS = 6;
    private static final int PICODOLLARS = 12;

    private LimitRefusals() {}

    static Rejection of(RateDecision.Limited limited) {
        return of(limited.allowance(), limited.retryAfter());
    }

    static Rejection of(RateDecision.NeverFits never) {
        return tooMuch(
                never.allowance().policy(), amount(never.allowance().policy(), never.wanted()));
    }

    static Rejection of(BudgetDecision.Exceeded exceeded) {
        return of(exceeded.allowance(), exceeded.retryAfter());
    }

    static Rejection of(BudgetDecision.NeverFits never) {
        boolean dollars =
                never.policy() == LimitPolicy.DAILY_COST
                        || never.policy() == LimitPolicy.MONTHLY_COST;
        return tooMuch(
                never.policy(),
                dollars
                        ? dollars(never.wanted(), PICODOLLARS)
                        : amount(never.policy(), never.wanted()));
    }

    static Rejection of(BudgetDecision.Unknown unknown) {
        return new Rejection.Unavailable(
                "BUDGET_UNKNOWN",
                "What "
                        + taken(unknown.scope())
                        + " is not known, because the proxy's record of it was damaged. Requests"
                        + " are refused until the operator resets the budget or the period ends,"
                        + " in "
                        + RejectionBody.seconds(unknown.retryAfter())
                        + "s.");
    }

    private static String taken(Scope scope) {
        return switch (scope) {
            case CLIENT_DAY -> "this client has spent today";
            case CLIENT_MONTH -> "this client has spent this month";
            case ADDRESS_DAY -> "this address has used today";
            case ALL_DAY -> "all clients together have used today";
        };
    }

    /** Of a model without a known price, for a client whose dollars are limited. */
    static Rejection unpriced() {
        return new Rejection.Forbidden(
                "MODEL_UNPRICED",
                "This client may spend a limited sum, and the price of this model is not known to"
                        + " the proxy. Use a model that has a price, or ask the operator to add one"
                        + " or to set limits.unpriced_models to allow.");
    }

    /** The {@code RateLimit} fields, a member for each policy. */
    static List<HeaderField> fields(List<Allowance> allowances) {
        if (allowances.isEmpty()) {
            return List.of();
        }
        StringBuilder policies = new StringBuilder(64 * allowances.size());
        StringBuilder states = new StringBuilder(48 * allowances.size());
        String separator = "";
        for (Allowance allowance : allowances) {
            policies.append(separator).append(allowance.policyField());
            states.append(separator).append(allowance.stateField());
            separator = ", ";
        }
        return List.of(
                new HeaderField("RateLimit-Policy", policies.toString()),
                new HeaderField("RateLimit", states.toString()));
    }

    private static Rejection of(Allowance allowance, Duration wait) {
        return new Rejection.Limited(
                allowance.policy(),
                whose(allowance.policy())
                        + amount(allowance.policy(), allowance.limit())
                        + per(allowance.policy())
                        + ". Please retry in "
                        + RejectionBody.seconds(wait)
                        + "s.",
                wait);
    }

    private static Rejection tooMuch(LimitPolicy policy, String amount) {
        return new Rejection.Invalid(
                "LIMIT_TOO_SMALL",
                "This request may take "
                        + amount
                        + ", more than the whole limit "
                        + policy.word()
                        + ", so no retry can work. Send a shorter prompt with its"
                        + " Content-Length, or bound the answer with maxOutputTokens.");
    }

    private static String whose(LimitPolicy policy) {
        return switch (policy) {
            case ADDRESS, ADDRESS_DAY -> "Your address may make ";
            case ADDRESS_FAILURES -> "Your address may present ";
            case ADDRESS_TOKENS, ADDRESS_DAILY_TOKENS -> "Your address may use ";
            case GLOBAL, GLOBAL_DAY -> "All clients together may make ";
            case GLOBAL_TOKENS, GLOBAL_DAILY_TOKENS -> "All clients together may use ";
            case CLIENT, CLIENT_DAY -> "This client may make ";
            case CLIENT_TOKENS, DAILY_TOKENS, MONTHLY_TOKENS -> "This client may use ";
            case DAILY_COST, MONTHLY_COST -> "This client may spend ";
        };
    }

    private static String amount(LimitPolicy policy, long amount) {
        return switch (policy) {
            case ADDRESS, ADDRESS_DAY, GLOBAL, GLOBAL_DAY, CLIENT, CLIENT_DAY ->
                    amount + " requests";
            case ADDRESS_FAILURES -> amount + " wrong credentials";
            case ADDRESS_TOKENS,
                    ADDRESS_DAILY_TOKENS,
                    GLOBAL_TOKENS,
                    GLOBAL_DAILY_TOKENS,
                    CLIENT_TOKENS,
                    DAILY_TOKENS,
                    MONTHLY_TOKENS ->
                    amount + " tokens";
            case DAILY_COST, MONTHLY_COST -> dollars(amount, MICRODOLLARS);
        };
    }

    private static String dollars(long amount, int decimals) {
        return BigDecimal.valueOf(amount, decimals).stripTrailingZeros().toPlainString()
                + " US dollars";
    }

    private static String per(LimitPolicy policy) {
        return switch (policy) {
            case ADDRESS,
                    ADDRESS_FAILURES,
                    ADDRESS_TOKENS,
                    GLOBAL,
                    GLOBAL_TOKENS,
                    CLIENT,
                    CLIENT_TOKENS ->
                    " a minute";
            case ADDRESS_DAY,
                    ADDRESS_DAILY_TOKENS,
                    GLOBAL_DAY,
                    GLOBAL_DAILY_TOKENS,
                    CLIENT_DAY,
                    DAILY_TOKENS,
                    DAILY_COST ->
                    " a day (UTC)";
            case MONTHLY_TOKENS, MONTHLY_COST -> " a month (UTC)";
        };
    }
}
