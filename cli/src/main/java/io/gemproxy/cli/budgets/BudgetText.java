package io.gemproxy.cli.budgets;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.TextTable;
import java.util.List;

/** Accounts as an operator reads them. */
final class BudgetText {
    private BudgetText() {}

    static List<String> lines(JsonNode accounts) {
        if (accounts.isEmpty()) {
            return List.of("No client with a budget has called.");
        }
        TextTable table =
                TextTable.headed(
                        "CLIENT", "PERIOD", "REQUESTS", "TOKENS", "DOLLARS", "HELD", "STATE");
        for (JsonNode account : accounts) {
            period(table, account, "day");
            period(table, account, "month");
        }
        return table.lines();
    }

    private static void period(TextTable table, JsonNode account, String name) {
        JsonNode period = account.path(name);
        JsonNode spent = period.path("spent");
        table.row(
                account.path("client").asText(),
                name,
                spent.path("requests").asText(),
                spent.path("tokens").asText(),
                spent.path("usd").decimalValue().stripTrailingZeros().toPlainString(),
                period.path("reserved").path("tokens").asText(),
                period.path("known").asBoolean() ? "known" : "unknown, refused");
    }
}
