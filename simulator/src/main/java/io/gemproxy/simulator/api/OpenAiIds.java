package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** How the OpenAI-compatible paths name, list and date what has native names. */
final class OpenAiIds {
    private static final int USUAL_LIMIT = 20;

    private OpenAiIds() {}

    /** The native name of an id, given with or without its collection. */
    static String name(String collection, String id) {
        return id.startsWith(collection + "/") ? id : collection + "/" + id;
    }

    /** One page by "limit" and "after". */
    static ObjectNode page(Call call, List<ObjectNode> items) throws ApiException {
        String after = call.parameter("after");
        int from = 0;
        for (int i = 0; after != null && i < items.size(); i++) {
            from = items.get(i).path("id").asText().equals(after) ? i + 1 : from;
        }
        int to = (int) Math.min(items.size(), from + (long) limit(call));
        ObjectNode page = Json.object().put("object", "list");
        ArrayNode data = page.putArray("data");
        items.subList(from, to).forEach(data::add);
        if (to > from) {
            page.set("first_id", data.path(0).path("id"));
            page.set("last_id", data.path(data.size() - 1).path("id"));
        }
        return page.put("has_more", to < items.size());
    }

    private static int limit(Call call) throws ApiException {
        String limit = call.parameter("limit");
        try {
            return limit == null ? USUAL_LIMIT : Math.max(1, Integer.parseInt(limit));
        } catch (NumberFormatException notANumber) {
            throw Errors.of(400, "Invalid value at 'limit'");
        }
    }

    /** A native time as seconds since 1970. */
    static long seconds(String time) {
        return Instant.parse(time).getEpochSecond();
    }
}
