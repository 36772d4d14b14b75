package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the resources an answer names as its own, so that later requests find their project.
 *
 * <p>Only exact places are read: a name elsewhere may be a text that a client has put there.
 */
public final class AnsweredResources {
    private static final int LONGEST = 512;

    private static final Pattern FILES =
            Pattern.compile(
                    "/(metadata/output|response|response/output)/responsesFile"
                            + "|/response/generateVideoResponse/generatedSamples/\\d+/video/uri"
                            + "|/files/\\d+/name"
                            + "|/response/generatedVideos/\\d+/video/uri"
                            + "|/(output|error)_file_id");

    /** Of the Interactions family and the OpenAI-compatible paths, whose things have ids. */
    private final String collectionOfIds;

    private final Map<String, Optional<Instant>> others = new LinkedHashMap<>();
    private Optional<String> own = Optional.empty();
    private Optional<Instant> expires = Optional.empty();
    private long bytes = -1;
    private String type = "";

    /**
     * A resource and the moment it ends, if the answer says one.
     *
     * @param name e.g. {@code files/abc}
     * @param own whether the answer as a whole is about it
     * @param content of a file, if the answer says how long it is
     */
    public record Named(
            String name, boolean own, Optional<Instant> expires, Optional<FileContent> content) {}

    /** Elsewhere a {@code name} is a text of the model's or the client's. */
    private final boolean named;

    private AnsweredResources(String collectionOfIds, boolean named) {
        this.collectionOfIds = collectionOfIds;
        this.named = named;
    }

    /**
     * Reads the names, the answer's own first: {@code name} at the top or in {@code file}, {@code
     * id} where the collection has ids, the tuned model, result files and videos of operations.
     *
     * @param body the answer or a prefix of it, JSON or an event stream; may be anything
     */
    public static List<Named> find(byte[] body, GeminiTarget target) {
        AnsweredResources search =
                new AnsweredResources(
                        ResourceCollections.ofIds(target).orElse(""),
                        target.dialect() == Dialect.NATIVE
                                && target.operation() != Operation.INTERACTIONS);
        if (isEvents(body)) {
            search.events(body);
        } else {
            JsonScan.scan(body, 0, body.length, search::read);
        }
        return search.found();
    }

    private static boolean isEvents(byte[] body) {
        return body.length > 0 && (body[0] == 'e' || body[0] == 'd' || body[0] == 'i');
    }

    private void events(byte[] body) {
        int start = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n') {
                if (i - start > 5 && body[start] == 'd' && body[start + 4] == ':') {
                    JsonScan.scan(body, start + 5, i - start - 5, this::read);
                }
                start = i + 1;
            }
        }
    }

    private List<Named> found() {
        List<Named> all = new ArrayList<>(others.size() + 1);
        own.filter(AnsweredResources::isBound)
                .ifPresent(name -> all.add(new Named(name, true, expires, content(name))));
        others.forEach((name, until) -> {
            if (isBound(name) && !own.equals(Optional.of(name))) {
                all.add(new Named(name, false, until, Optional.empty()));
            }
        });
        return all;
    }

    private Optional<FileContent> content(String name) {
        return bytes >= 0 && name.startsWith("files/")
                ? Optional.of(FileContent.of(bytes, type))
                : Optional.empty();
    }

    private void read(JsonParser json) throws IOException {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            boolean plain = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
            if (plain && isOfInterest(json.currentName())) {
                JsonPointer at = json.getParsingContext().pathAsPointer();
                take(at.toString(), json.getText());
            }
        }
    }

    private static boolean isOfInterest(String field) {
        return switch (field == null ? "" : field) {
            case "name",
                    "id",
                    "expireTime",
                    "expirationTime",
                    "tunedModel",
                    "responsesFile",
                    "uri",
                    "output_file_id",
                    "error_file_id",
                    "sizeBytes",
                    "bytes",
                    "mimeType" ->
                    true;
            default -> false;
        };
    }

    private void take(String at, String value) {
        switch (at) {
            case "/name", "/file/name" -> {
                if (named) {
                    own = Optional.of(value);
                }
            }
            case "/id", "/interaction/id" -> {
                if (!collectionOfIds.isEmpty()) {
                    own = OpenAiIds.named(collectionOfIds, value);
                }
            }
            case "/expireTime", "/file/expirationTime", "/expirationTime" -> expires = time(value);
            case "/sizeBytes", "/file/sizeBytes", "/bytes" -> bytes = length(value);
            case "/mimeType", "/file/mimeType" -> type = value;
            case "/metadata/tunedModel" -> others.put(value, Optional.empty());
            default -> {
                if (FILES.matcher(at).matches()) {
                    ResourceReferences.file(value)
                            .ifPresent(name -> others.put(name, Optional.empty()));
                }
            }
        }
    }

    private static long length(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noLength) {
            return -1;
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static boolean isBound(String name) {
        int slash = name.indexOf('/');
        boolean whole = slash > 0 && slash < name.length() - 1 && name.length() <= LONGEST;
        return whole && (!name.startsWith("models/") || name.contains("/operations/"));
    }
}
