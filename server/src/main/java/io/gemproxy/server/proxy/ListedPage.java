package io.gemproxy.server.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ResourceCollections;
import io.gemproxy.server.upstream.UpstreamResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One page of a list as Google answered it, of which only the client's own items stay. */
final class ListedPage {
    private static final int MOST = 16 * 1024 * 1024;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final GeminiTarget target;
    private final ObjectNode page;
    private final byte[] bytes;
    private final List<HeaderField> headers;
    private boolean changed;

    private ListedPage(
            GeminiTarget target, ObjectNode page, byte[] bytes, List<HeaderField> headers) {
        this.target = target;
        this.page = page;
        this.bytes = bytes;
        this.headers = headers;
    }

    /**
     * Reads it whole and closes the answer.
     *
     * @throws Refused if it is not a JSON object: what cannot be filtered must not pass
     */
    static ListedPage read(GeminiTarget target, UpstreamResponse answer) {
        try (answer) {
            byte[] body = answer.body().readNBytes(MOST);
            if (JSON.readTree(body) instanceof ObjectNode page) {
                return new ListedPage(target, page, body, answer.headers());
            }
        } catch (IOException broken) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static Refused unreadable() {
        return new Refused(
                new Rejection.BadGateway(
                        "UPSTREAM_MALFORMED", "The upstream's list could not be read."));
    }

    /**
     * Leaves out every item whose name the client must not see, and every item without one.
     *
     * @return how many stay
     */
    int keep(Predicate<String> wanted) {
        int kept = 0;
        for (JsonNode member : page) {
            if (member instanceof ArrayNode items) {
                for (Iterator<JsonNode> each = items.iterator(); each.hasNext(); ) {
                    Optional<String> name = name(each.next());
                    if (name.isPresent() && wanted.test(name.get())) {
                        kept++;
                    } else {
                        each.remove();
                        changed = true;
                    }
                }
            }
        }
        return kept;
    }

    private Optional<String> name(JsonNode item) {
        return ResourceCollections.named(
                target, item.path("name").asText(""), item.path("id").asText(""));
    }

    /** Google's token of the next page, empty after the last one. */
    String nextToken() {
        return page.path("nextPageToken").asText("");
    }

    /** Whether the same project has more of an OpenAI-compatible list. */
    boolean hasMore() {
        return page.path("has_more").asBoolean();
    }

    /** The id an OpenAI-compatible list would go on after; empty if the page is. */
    String lastId() {
        JsonNode data = page.path("data");
        return data.path(data.size() - 1).path("id").asText("");
    }

    /** As the client gets it. */
    UpstreamResponse answer(Optional<PageToken> next) {
        if (!changed && next.isEmpty() && nextToken().isEmpty() && !hasMore()) {
            return new Answer(bytes, headers);
        }
        if (target.dialect() == Dialect.OPENAI) {
            openAi(next.isPresent());
        } else if (next.isPresent()) {
            page.put("nextPageToken", next.get().text());
        } else {
            page.remove("nextPageToken");
        }
        try {
            byte[] changedPage = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(page);
            return new Answer(
                    changedPage,
                    List.of(
                            new HeaderField("Content-Type", "application/json; charset=UTF-8"),
                            new HeaderField(
                                    "Content-Length", Integer.toString(changedPage.length))));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void openAi(boolean more) {
        page.put("has_more", more);
        JsonNode data = page.path("data");
        if (page.has("first_id")) {
            page.set("first_id", data.path(0).path("id"));
        }
        if (page.has("last_id")) {
            page.set("last_id", data.path(data.size() - 1).path("id"));
        }
    }

    /** An answer that is already whole. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(byte[] bytes, List<HeaderField> headers) implements UpstreamResponse {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void close() {}
    }
}
