package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the stateful resources a request body refers to, which bind it to their project. */
public final class ResourceReferences {
    private static final int MOST = 64;
    private static final int LONGEST = 512;

    private final Set<String> names = new LinkedHashSet<>();

    private ResourceReferences() {}

    /**
     * Reads the names in the order of their appearance, e.g. {@code files/abc}, {@code
     * cachedContents/x}, {@code fileSearchStores/s}, {@code interactions/id}, {@code
     * tunedModels/t}.
     *
     * @param body the body or a prefix of it; may be cut off anywhere and hold anything
     * @return at most 64 names; a name the prefix cuts is left out
     */
    public static Set<String> find(byte[] body, int offset, int length) {
        ResourceReferences search = new ResourceReferences();
        JsonScan.scan(body, offset, length, search::read);
        return Collections.unmodifiableSet(search.names);
    }

    private void read(JsonParser json) throws IOException {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (names.size() >= MOST) {
                return;
            }
            if (token == JsonToken.VALUE_STRING) {
                String key = nameOf(json.getParsingContext());
                if (key != null && isReference(key)) {
                    name(key, json.getText()).ifPresent(names::add);
                }
            }
        }
    }

    private static @Nullable String nameOf(JsonStreamContext context) {
        JsonStreamContext named = context.inArray() ? context.getParent() : context;
        return named == null ? null : named.getCurrentName();
    }

    private static boolean isReference(String key) {
        return switch (key) {
            case "fileUri",
                    "file_uri",
                    "uri",
                    "fileName",
                    "file_name",
                    "file_id",
                    "input_file_id",
                    "cachedContent",
                    "cached_content",
                    "fileSearchStoreNames",
                    "file_search_store_names",
                    "previous_interaction_id",
                    "previousInteractionId",
                    "model" ->
                    true;
            default -> false;
        };
    }

    private static Optional<String> name(String key, String value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            return Optional.empty();
        }
        return switch (key) {
            case "previous_interaction_id", "previousInteractionId" ->
                    Optional.of(
                            value.startsWith("interactions/") ? value : "interactions/" + value);
            case "cachedContent", "cached_content" -> prefixed(value, "cachedContents/");
            case "fileSearchStoreNames", "file_search_store_names" ->
                    prefixed(value, "fileSearchStores/");
            case "model" -> prefixed(value, "tunedModels/");
            default -> file(value);
        };
    }

    private static Optional<String> prefixed(String value, String collection) {
        return value.length() > collection.length() && value.startsWith(collection)
                ? Optional.of(value)
                : Optional.empty();
    }

    /** {@code files/abc} itself, or the end of {@code https://host/v1beta/files/abc}. */
    private static Optional<String> file(String value) {
        if (value.startsWith("files/")) {
            return fileAt(value, 0);
        }
        int host = value.indexOf("://");
        int path = host < 0 ? -1 : value.indexOf('/', host + 3);
        int files = path < 0 ? -1 : value.indexOf("/files/", path);
        return files > path && isVersion(value.substring(path + 1, files))
                ? fileAt(value, files + 1)
                : Optional.empty();
    }

    private static boolean isVersion(String segment) {
        return segment.equals("v1beta") || segment.equals("v1") || segment.equals("v1alpha");
    }

    private static Optional<String> fileAt(String value, int start) {
        int id = start + "files/".length();
        int end = id;
        while (end < value.length() && "/?#:".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return end > id ? Optional.of(value.substring(start, end)) : Optional.empty();
    }
}
