package io.gemproxy.server.usage;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a query found.
 *
 * @param rows in the order of their names
 * @param truncated whether there were more rows than are shown
 * @param total of all of them, those that are not shown included
 */
public record LedgerReport(List<Row> rows, boolean truncated, Row total) {
    /**
     * One row.
     *
     * @param names in the order of the query's dimensions
     * @param sums of it
     * @param usd US dollars, exactly
     */
    public record Row(List<String> names, LedgerSums sums, BigDecimal usd) {}
}
