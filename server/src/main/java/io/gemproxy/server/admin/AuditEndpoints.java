package io.gemproxy.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.admin.Endpoint.Access;
import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.audit.AuditFilter;
import io.gemproxy.server.audit.AuditSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /api/audit}: the records of the audit log, newest first. */
final class AuditEndpoints {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";

    private final AuditSearch search;

    AuditEndpoints(AuditSearch search) {
        this.search = search;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.reading("/api/audit", Access.ADMIN, call -> Optional.of(records(call))));
    }

    /** Every parameter but two is a condition: {@code actor=ci}, {@code tokens.total=5}. */
    private Reply records(Call call) {
        List<String> conditions = new ArrayList<>();
        call.request()
                .query()
                .toMap()
                .forEach((name, values) -> {
                    if (!name.equals(LIMIT) && !name.equals(CURSOR)) {
                        values.forEach(value -> conditions.add(name + "=" + value));
                    }
                });
        OptionalLong limit = number(call, LIMIT, USUAL);
        OptionalLong before = number(call, CURSOR, Long.MAX_VALUE);
        Optional<AuditFilter> filter = AuditFilter.parse(conditions);
        if (limit.isEmpty() || before.isEmpty() || filter.isEmpty() || limit.getAsLong() > MOST) {
            return Reply.problem(
                    Problem.of(
                            Problem.Kind.INVALID,
                            "limit is a number from 1 to 1000, cursor the next_cursor of another"
                                    + " page, and each other parameter a field and its value.",
                            call.id()),
                    Map.of());
        }
        return Reply.json(200, page(filter.get(), limit.getAsLong(), before.getAsLong()));
    }

    private Page page(AuditFilter filter, long limit, long before) {
        try {
            AuditSearch.Page page = search.page(filter, (int) limit, before);
            return new Page(
                    page.records(),
                    page.next().isPresent()
                            ? Optional.of(Long.toString(page.next().getAsLong()))
                            : Optional.empty());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Empty if it is given and not a positive number. */
    private static OptionalLong number(Call call, String name, long usual) {
        String text = call.request().query().first(name).orElse(Long.toString(usual));
        if (!text.matches("[0-9]{1,19}")) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text);
            return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** Body of {@code /api/audit}. */
    record Page(List<JsonNode> records, Optional<String> nextCursor) {}
}
