package io.gemproxy.server.audit.chain;

import java.util.List;
import java.util.Optional;

/**
 * What came of checking a log.
 *
 * @param records that hold
 * @param first number of the first record, 0 without any
 * @param last number of the last
 * @param lost records that the log says could not be kept
 * @param torn half a line at the very end, as a crash leaves it; no sign of tampering
 * @param findings what is wrong, in order; no more than {@value ChainVerifier#MOST_FINDINGS}
 * @param found how many there are
 */
public record ChainReport(
        long records,
        long first,
        long last,
        long lost,
        Optional<Finding> torn,
        List<Finding> findings,
        long found) {
    public ChainReport {
        findings = List.copyOf(findings);
    }

    /** Whether nothing is wrong. */
    public boolean holds() {
        return found == 0;
    }
}
