package io.gemproxy.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.usage.LedgerQuery.Dimension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsageLedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String FLASH = "gemini-2.5-flash";

    private final UsageLedger ledger = new UsageLedger(InstantSource.fixed(NOON), 10);

    private static LedgerQuery by(Dimension... dimensions) {
        return new LedgerQuery(List.of(dimensions), Optional.empty(), Optional.empty());
    }

    @Test
    void sumsAreToldApartByWhatIsAsked() {
        ledger.finished(LedgerExchanges.of("alice", FLASH, "k1", NOON, 100));
        ledger.finished(LedgerExchanges.of("alice", FLASH, "k2", NOON, 20));
        ledger.finished(LedgerExchanges.of("bob", FLASH, "k1", NOON, 3));
        LedgerReport byClient = ledger.read(by(Dimension.CLIENT));
        assertEquals(
                List.of(List.of("alice"), List.of("bob")),
                byClient.rows().stream().map(LedgerReport.Row::names).toList());
        assertEquals(120, byClient.rows().getFirst().sums().tokens().prompt());
        assertEquals(2, ledger.read(by(Dimension.KEY)).rows().size());
        assertEquals(123, ledger.read(by()).total().sums().tokens().prompt());
    }

    @Test
    void costIsExactHoweverSmall() {
        for (int i = 0; i < 3; i++) {
            ledger.finished(LedgerExchanges.of("alice", "gemini-2.5-flash-lite", "k1", NOON, 1));
        }
        assertEquals(
                new BigDecimal("0.0000003"), ledger.read(by()).total().usd().stripTrailingZeros());
    }

    @Test
    void daysAreThoseOfTheEndOfTheRequest() {
        Instant midnight = Instant.parse("2026-11-20T23:59:59.500Z");
        ledger.finished(LedgerExchanges.of("alice", FLASH, "k1", midnight, 1));
        LedgerQuery day =
                new LedgerQuery(
                        List.of(Dimension.DAY),
                        Optional.of(LocalDate.parse("2026-11-21")),
                        Optional.of(LocalDate.parse("2026-11-21")));
        assertEquals(List.of("2026-11-21"), ledger.read(day).rows().getFirst().names());
        LedgerQuery before =
                new LedgerQuery(
                        List.of(), Optional.empty(), Optional.of(LocalDate.parse("2026-11-20")));
        assertEquals(List.of(), ledger.read(before).rows());
    }

    @Test
    void beyondTheBoundClientsAreOthersAndNothingIsLost() {
        IntStream.range(0, 100)
                .forEach(i ->
                        ledger.finished(LedgerExchanges.of("client-" + i, FLASH, "k1", NOON, 1)));
        LedgerReport report = ledger.read(by(Dimension.CLIENT));
        assertEquals(11, report.rows().size());
        assertEquals(100, report.total().sums().requests());
        assertTrue(
                report.rows().stream()
                        .anyMatch(row -> row.names().equals(List.of(LedgerKey.OTHERS))));
    }

    @Test
    void changesAreToldOnceAndRestoreTheLedger() {
        ledger.finished(LedgerExchanges.of("alice", FLASH, "k1", NOON, 100));
        List<LedgerEntry> first = ledger.changes();
        assertEquals(List.of(), ledger.changes());
        ledger.finished(LedgerExchanges.of("alice", FLASH, "k1", NOON, 20));
        UsageLedger later = new UsageLedger(InstantSource.fixed(NOON));
        later.restore(java.util.stream.Stream.concat(first.stream(), ledger.changes().stream()));
        assertEquals(ledger.read(by(Dimension.CLIENT)), later.read(by(Dimension.CLIENT)));
        assertEquals(120, later.read(by()).total().sums().tokens().prompt());
    }

    @Test
    void whatIsOlderThanItIsKeptIsForgotten() {
        ledger.finished(LedgerExchanges.of("alice", FLASH, "k1", NOON, 100));
        UsageLedger muchLater =
                new UsageLedger(InstantSource.fixed(NOON.plus(java.time.Duration.ofDays(401))));
        muchLater.restore(ledger.entries());
        assertEquals(0, muchLater.entries().count());
    }

    @Test
    void aRequestThatNeverLeftIsNoUsage() {
        ledger.finished(LedgerExchanges.refused("alice", NOON));
        assertEquals(0, ledger.read(by()).total().sums().requests());
    }
}
