package io.gemproxy.server.admin;

import io.gemproxy.server.usage.LedgerQuery;
import io.gemproxy.server.usage.LedgerQuery.Dimension;
import io.gemproxy.server.usage.LedgerReport;
import io.gemproxy.server.usage.LedgerSums;
import io.gemproxy.server.usage.TokenSums;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Body of {@code /api/usage}. */
record UsageJson(
        String priceVersion,
        List<String> by,
        Optional<LocalDate> since,
        Optional<LocalDate> until,
        List<Map<String, Object>> rows,
        boolean truncated,
        Map<String, Object> total) {
    static UsageJson of(LedgerReport report, LedgerQuery query, String priceVersion) {
        List<String> by = query.by().stream().map(Dimension::word).toList();
        return new UsageJson(
                priceVersion,
                by,
                query.since(),
                query.until(),
                report.rows().stream().map(row -> row(by, row)).toList(),
                report.truncated(),
                row(List.of(), report.total()));
    }

    private static Map<String, Object> row(List<String> by, LedgerReport.Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Dimension dimension : Dimension.values()) {
            int at = by.indexOf(dimension.word());
            json.put(
                    dimension.word(), at < 0 ? Optional.empty() : Optional.of(row.names().get(at)));
        }
        LedgerSums sums = row.sums();
        json.put("requests", sums.requests());
        json.put("attempts", sums.attempts());
        json.put("failed", sums.failed());
        json.put("aborted", sums.aborted());
        json.put("tokens", tokens(sums.tokens()));
        json.put("by_modality", modalities(sums.tokens()));
        json.put("searches", sums.tokens().searches());
        json.put("maps_queries", sums.tokens().maps());
        json.put("images", sums.images());
        json.put("video_seconds", sums.videoSeconds());
        json.put("cost_usd", row.usd());
        json.put("unpriced_requests", sums.unpriced());
        json.put("estimated_requests", sums.estimated());
        json.put("lower_bound_requests", sums.lowerBounds());
        json.put("mismatched_requests", sums.mismatches());
        return json;
    }

    private static Map<String, Long> tokens(TokenSums tokens) {
        Map<String, Long> json = new LinkedHashMap<>();
        json.put("prompt", tokens.prompt());
        json.put("cached", tokens.cached());
        json.put("candidates", tokens.candidates());
        json.put("thoughts", tokens.thoughts());
        json.put("tool_use", tokens.toolUse());
        json.put("total", tokens.total());
        return json;
    }

    private static Map<String, Object> modalities(TokenSums tokens) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("prompt", tokens.promptBy());
        json.put("cached", tokens.cachedBy());
        json.put("candidates", tokens.candidatesBy());
        json.put("tool_use", tokens.toolUseBy());
        return json;
    }
}
