package io.gemproxy.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectFault;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsequencesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final ProjectId PROJECT = new ProjectId("p");

    private final KeyLease lease =
            new KeyLease(
                    new KeyId("k"),
                    PROJECT,
                    Secret.of("secret"),
                    Optional.of(new ModelName("gemini-a")));
    private final Consequences consequences =
            new Consequences(
                    () -> NOW,
                    project -> Optional.of("account").filter(it -> project.equals(PROJECT)));

    @Test
    void creditIsTheBillingAccounts() {
        assertEquals(
                List.of(
                        new Block(
                                new Scope.BillingAccount("account"),
                                "prepaid_credits_depleted",
                                NOW.plus(Duration.ofMinutes(10)),
                                false)),
                of(ProjectFault.PREPAID_CREDITS_DEPLETED));
    }

    @ParameterizedTest
    @EnumSource(
            value = ProjectFault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = "PREPAID_CREDITS_DEPLETED")
    void everythingElseOfAProjectStaysInIt(ProjectFault fault) {
        Block block = of(fault).getFirst();
        assertEquals(new Scope.InProject(PROJECT), block.scope());
        assertEquals(fault.reason(), block.reason());
    }

    @Test
    void aQuotaIsTheProjectsWhoeverPays() {
        List<Block> blocks =
                consequences.of(
                        lease,
                        AttemptOutcome.QuotaExceeded.of(
                                QuotaKind.SPEND_PER_10_MINUTES, Optional.empty()));
        assertEquals(
                List.of(
                        new Block(
                                new Scope.InProject(PROJECT),
                                "spend_rate",
                                NOW.plus(Duration.ofMinutes(5)),
                                true)),
                blocks);
    }

    @Test
    void whatBlamesNobodyRestsNothing() {
        for (AttemptOutcome outcome :
                List.of(
                        new AttemptOutcome.Succeeded(),
                        new AttemptOutcome.ClientFault(400),
                        new AttemptOutcome.ResourceUnknown(403),
                        new AttemptOutcome.ServerFault(500),
                        new AttemptOutcome.Unreachable("reset", true),
                        new AttemptOutcome.Abandoned())) {
            assertEquals(List.of(), consequences.of(lease, outcome));
        }
    }

    private List<Block> of(ProjectFault fault) {
        return consequences.of(lease, new AttemptOutcome.ProjectRefused(fault));
    }
}
