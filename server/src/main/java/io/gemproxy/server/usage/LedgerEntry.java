package io.gemproxy.server.usage;

/** One entry of the ledger: all that was added up under a key. */
public record LedgerEntry(LedgerKey key, LedgerSums sums) {}
