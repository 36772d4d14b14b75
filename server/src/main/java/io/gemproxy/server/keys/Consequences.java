package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.AttemptOutcome.Abandoned;
import io.gemproxy.server.exchange.AttemptOutcome.ClientFault;
import io.gemproxy.server.exchange.AttemptOutcome.EgressRefused;
import io.gemproxy.server.exchange.AttemptOutcome.KeyRefused;
import io.gemproxy.server.exchange.AttemptOutcome.ModelWithheld;
import io.gemproxy.server.exchange.AttemptOutcome.Overloaded;
import io.gemproxy.server.exchange.AttemptOutcome.ProjectRefused;
import io.gemproxy.server.exchange.AttemptOutcome.QuotaExceeded;
import io.gemproxy.server.exchange.AttemptOutcome.ResourceUnknown;
import io.gemproxy.server.exchange.AttemptOutcome.ServerFault;
import io.gemproxy.server.exchange.AttemptOutcome.Succeeded;
import io.gemproxy.server.exchange.AttemptOutcome.Unreachable;
import io.gemproxy.server.exchange.EgressFault;
import io.gemproxy.server.exchange.KeyFault;
import io.gemproxy.server.exchange.ProjectFault;
import io.gemproxy.server.exchange.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an outcome means for key, project and model: exactly what it names rests, and only so long.
 * Changes nothing itself. Where the times come from: docs/adr/0009.
 */
final class Consequences {
    /** A key that may be good for other methods, or of which a bare 401 says too little. */
    private static final Duration DOUBTFUL_KEY = Duration.ofMinutes(1);

    /** What is mended in Google's console, without our knowing: looked at again. */
    private static final Duration MENDED_ELSEWHERE = Duration.ofMinutes(10);

    private static final Duration MODEL_WITHHELD = Duration.ofHours(24);
    private static final Duration LONGEST_OVERLOAD = Duration.ofSeconds(30);
    private static final Duration AUTOMATED_QUERIES = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Function<ProjectId, Optional<String>> billingAccounts;

    /** Without knowledge of billing accounts, whose blocks then fall to the project. */
    Consequences(InstantSource clock) {
        this(clock, project -> Optional.empty());
    }

    /**
     * @param clock the wall clock, since Google's days end by it
     * @param billingAccounts the account a project is billed to, where the operator names it
     */
    Consequences(InstantSource clock, Function<ProjectId, Optional<String>> billingAccounts) {
        this.clock = clock;
        this.billingAccounts = billingAccounts;
    }

    /** At most one block for each scope; none if nobody is to blame. */
    List<Block> of(KeyLease lease, AttemptOutcome outcome) {
        Instant now = clock.instant();
        return switch (outcome) {
            case KeyRefused refused -> List.of(ofKey(lease, refused.fault(), now));
            case ProjectRefused refused -> List.of(ofProject(lease, refused.fault(), now));
            case QuotaExceeded quota -> QuotaBlocks.of(lease, quota, now);
            case ModelWithheld _ -> withheld(lease, now);
            case Overloaded overloaded -> overload(lease, overloaded, now);
            case EgressRefused refused -> ofEgress(refused.fault(), now);
            case Succeeded _,
                    ClientFault _,
                    ResourceUnknown _,
                    ServerFault _,
                    Unreachable _,
                    Abandoned _ ->
                    List.of();
        };
    }

    private static Block ofKey(KeyLease lease, KeyFault fault, Instant now) {
        Instant until =
                switch (fault) {
                    case API_KEY_SERVICE_BLOCKED, UNAUTHENTICATED -> now.plus(DOUBTFUL_KEY);
                    case API_KEY_INVALID,
                            API_KEY_EXPIRED,
                            API_KEY_LEAKED,
                            CONSUMER_SUSPENDED,
                            CONSUMER_INVALID,
                            API_KEY_HTTP_REFERRER_BLOCKED,
                            API_KEY_IP_ADDRESS_BLOCKED,
                            API_KEY_ANDROID_APP_BLOCKED,
                            API_KEY_IOS_APP_BLOCKED,
                            ACCESS_TOKEN_TYPE_UNSUPPORTED,
                            API_KEYS_NOT_SUPPORTED ->
                            Instant.MAX;
                };
        return new Block(new Scope.Key(lease.key()), fault.reason(), until, false);
    }

    private Block ofProject(KeyLease lease, ProjectFault fault, Instant now) {
        Scope project = new Scope.InProject(lease.project());
        return switch (fault) {
            case CONSUMER_SUSPENDED, PROJECT_DENIED ->
                    new Block(project, fault.reason(), Instant.MAX, false);
            case SERVICE_DISABLED, BILLING_DISABLED ->
                    new Block(project, fault.reason(), now.plus(MENDED_ELSEWHERE), false);
            case PREPAID_CREDITS_DEPLETED ->
                    new Block(payer(lease), fault.reason(), now.plus(MENDED_ELSEWHERE), false);
            case MONTHLY_CAP -> new Block(project, fault.reason(), PacificDay.nextMonth(now), true);
        };
    }

    private Scope payer(KeyLease lease) {
        return billingAccounts
                .apply(lease.project())
                .<Scope>map(Scope.BillingAccount::new)
                .orElseGet(() -> new Scope.InProject(lease.project()));
    }

    private static List<Block> withheld(KeyLease lease, Instant now) {
        return lease
                .model()
                .map(model ->
                        new Block(
                                new Scope.ProjectModel(lease.project(), model),
                                "model_withheld",
                                now.plus(MODEL_WITHHELD),
                                true))
                .stream()
                .toList();
    }

    /** One overloaded answer does not foretell the next, unless Google says for how long. */
    private static List<Block> overload(KeyLease lease, Overloaded overloaded, Instant now) {
        if (lease.model().isEmpty() || overloaded.retryAfter().isEmpty()) {
            return List.of();
        }
        Duration wait = overloaded.retryAfter().get();
        Instant until = now.plus(wait.compareTo(LONGEST_OVERLOAD) > 0 ? LONGEST_OVERLOAD : wait);
        Scope model = new Scope.Model(lease.model().get());
        return List.of(new Block(model, overloaded.reason(), until, true));
    }

    /** A region that is refused may be served for a project that pays, so nothing rests for it. */
    private static List<Block> ofEgress(EgressFault fault, Instant now) {
        return switch (fault) {
            case LOCATION_UNSUPPORTED -> List.of();
            case AUTOMATED_QUERIES ->
                    List.of(
                            new Block(
                                    new Scope.Egress(),
                                    fault.reason(),
                                    now.plus(AUTOMATED_QUERIES),
                                    true));
        };
    }
}
