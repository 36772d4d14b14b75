package io.gemproxy.server.gemini;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the stateful resources a request body refers to, which bind it to their project: a piece at
 * a time, as the body passes.
 */
public final class ResourceReferences {
    private static final int MOST = 64;

    private final StringScanner strings;

    /**
     * @param found is told each name, e.g. {@code files/abc}, {@code cachedContents/x}, {@code
     *     fileSearchStores/s}, {@code interactions/id}, {@code tunedModels/t}, as often as it
     *     stands there
     * @param possible is told what may be a name or something that Google has for everybody, e.g.
     *     {@code agents/id}
     */
    public ResourceReferences(Consumer<String> found, Consumer<String> possible) {
        this(found, possible, input -> {});
    }

    /**
     * As {@link #ResourceReferences(Consumer, Consumer)}, for the creation of batches.
     *
     * @param input is told which of the names found is a batch's input file
     */
    public ResourceReferences(
            Consumer<String> found, Consumer<String> possible, Consumer<String> input) {
        this.strings =
                new StringScanner(
                        field -> isReference(field) || isPossible(field),
                        (field, value) -> {
                            if (isReference(field)) {
                                name(field, value).ifPresent(found);
                                if (isInput(field)) {
                                    name(field, value).ifPresent(input);
                                }
                            } else {
                                possible(field, value).ifPresent(possible);
                            }
                        });
    }

    private ResourceReferences(StringScanner strings) {
        this.strings = strings;
    }

    /** One that goes on from here by itself, telling the same listeners. */
    public ResourceReferences copy() {
        return new ResourceReferences(strings.copy());
    }

    /**
     * Reads the next piece of a file of JSON lines. Each line is read by itself: a broken one,
     * which Google may pass over, must not hide what the next one names.
     */
    public void acceptLines(byte[] bytes, int offset, int count) {
        int start = offset;
        for (int i = offset; i < offset + count; i++) {
            if (bytes[i] == '\n') {
                strings.accept(bytes, start, i - start);
                strings.endLine();
                start = i + 1;
            }
        }
        strings.accept(bytes, start, offset + count - start);
    }

    private static boolean isInput(String field) {
        return field.equals("fileName")
                || field.equals("file_name")
                || field.equals("input_file_id");
    }

    /** The resource a query parameter names, should Google read one there. */
    public static Optional<String> inQuery(String parameter, String value) {
        String field = parameter.substring(parameter.lastIndexOf('.') + 1);
        if (isReference(field)) {
            return name(field, value);
        }
        ResourcePath path = ResourcePath.at(value, 0);
        boolean named = field.equals("name") || field.equals("parent");
        return named && ResourceCollections.isKnown(path.collection())
                ? path.resource()
                : Optional.empty();
    }

    /** Reads the next piece of the body. */
    public void accept(byte[] bytes, int offset, int count) {
        strings.accept(bytes, offset, count);
    }

    /**
     * Reads the names in the order of their appearance.
     *
     * @param body the body or a prefix of it; may be cut off anywhere and hold anything
     * @return at most 64 names; a name the prefix cuts is left out
     */
    public static Set<String> find(byte[] body, int offset, int length) {
        Set<String> names = new LinkedHashSet<>();
        new ResourceReferences(
                        name -> {
                            if (names.size() < MOST) {
                                names.add(name);
                            }
                        },
                        possible -> {})
                .accept(body, offset, length);
        return Collections.unmodifiableSet(names);
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
                    "output_file_id",
                    "error_file_id",
                    "responsesFile",
                    "responses_file",
                    "tunedModel",
                    "tuned_model",
                    "baseModel",
                    "base_model",
                    "model" ->
                    true;
            default -> false;
        };
    }

    private static boolean isPossible(String key) {
        return switch (key) {
            case "agent",
                    "environment",
                    "environment_id",
                    "voice",
                    "voice_id",
                    "credential",
                    "credential_id",
                    "webhook",
                    "webhook_id" ->
                    true;
            default -> false;
        };
    }

    /** Of the Interactions family: Google's own agents and voices have plain names there. */
    private static Optional<String> possible(String key, String value) {
        return switch (key) {
            case "agent" -> in("agents", value);
            case "environment", "environment_id" -> in("environments", value);
            case "voice", "voice_id" -> in("voices", value);
            case "credential", "credential_id" -> in("credentials", value);
            case "webhook", "webhook_id" -> in("webhooks", value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> in(String collection, String value) {
        return OpenAiIds.named(collection, value);
    }

    private static Optional<String> name(String key, String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (key) {
            case "previous_interaction_id", "previousInteractionId" ->
                    Optional.of(
                            value.startsWith("interactions/") ? value : "interactions/" + value);
            case "cachedContent", "cached_content" -> prefixed(value, "cachedContents/");
            case "fileSearchStoreNames", "file_search_store_names" ->
                    prefixed(value, "fileSearchStores/");
            case "model", "tunedModel", "tuned_model", "baseModel", "base_model" ->
                    prefixed(value, "tunedModels/");
            case "input_file_id" -> file(value).or(() -> bareFile(value));
            case "file_id", "output_file_id", "error_file_id" ->
                    file(value).or(() -> openAiFile(value));
            default -> file(value);
        };
    }

    private static Optional<String> prefixed(String value, String collection) {
        return value.length() > collection.length() && value.startsWith(collection)
                ? Optional.of(value)
                : Optional.empty();
    }

    /** {@code files/abc} itself, or the end of {@code https://host/v1beta/files/abc}. */
    static Optional<String> file(String value) {
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

    /** An id without its collection, should Google complete it. */
    private static Optional<String> bareFile(String value) {
        return value.indexOf('/') < 0 ? OpenAiIds.named("files", value) : Optional.empty();
    }

    /** {@code file-abc}, as OpenAI's own ids look. */
    private static Optional<String> openAiFile(String value) {
        return value.startsWith("file-") ? Optional.of("files/" + value) : Optional.empty();
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
