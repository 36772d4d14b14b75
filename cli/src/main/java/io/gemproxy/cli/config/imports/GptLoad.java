package io.gemproxy.cli.config.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what GPT-Load gives: the keys of a group as its console exports them (one on a line), what
 * its management API says of groups or keys (JSON), or its {@code .env}.
 */
final class GptLoad {
    private static final Pattern KEY = Pattern.compile("(AIza|AQ\\.)[A-Za-z0-9_.-]{16,}");

    /** Of any provider. */
    private static final Pattern LINE = Pattern.compile("[A-Za-z0-9_.+/=-]{16,}");

    private final Imported imported = new Imported();

    Imported read(String text) throws NotOfThisProductException {
        Optional<JsonNode> tree = Tree.json(text);
        if (tree.isPresent()) {
            answer(tree.get());
        } else if (DotEnv.parse(text).containsKey("PORT")) {
            DotEnv.parse(text).forEach(this::variable);
        } else {
            lines(text);
        }
        if (imported.isNothing() && imported.leftovers().isEmpty()) {
            throw new NotOfThisProductException(
                    "it holds neither keys of Gemini, a line each, nor groups as JSON, nor PORT=");
        }
        return imported;
    }

    private void lines(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (!lines.stream().allMatch(line -> LINE.matcher(line).matches())) {
            return;
        }
        long others = lines.stream().filter(line -> !KEY.matcher(line).matches()).count();
        lines.stream()
                .filter(line -> KEY.matcher(line).matches())
                .forEach(line -> imported.key(line, "key"));
        if (others > 0 && !imported.isNothing()) {
            imported.left("keys of another kind (" + others + ")", Why.OTHER_API);
        }
    }

    /** A list, one object, or either of them in the envelope of an answer. */
    private void answer(JsonNode tree) {
        JsonNode data = tree.path("data").isMissingNode() ? tree : tree.path("data");
        JsonNode items =
                data.path("items").isArray()
                        ? data.path("items")
                        : data.path("groups").isArray() ? data.path("groups") : data;
        if (!items.isArray()) {
            item(items);
        }
        for (JsonNode item : items.isArray() ? items : Tree.json("[]").orElseThrow()) {
            item(item);
        }
    }

    private void item(JsonNode item) {
        if (item.has("channel_type")) {
            group(item, "group " + item.path("name").asText());
        } else if (item.has("key_value")) {
            key(item, "key");
        } else if (item.isTextual() && KEY.matcher(item.asText()).matches()) {
            imported.key(item.asText(), "key");
        }
    }

    private void group(JsonNode group, String name) {
        if (!group.path("channel_type").asText().equals("gemini")) {
            imported.left(name, Why.OTHER_API);
            return;
        }
        JsonNode keys = group.path("api_keys");
        keys.forEach(it -> key(it, group.path("name").asText()));
        if (Tree.isEmpty(keys)) {
            imported.left(
                    name + ".api_keys",
                    "export its keys in the console and put them under gemini.api_keys");
        }
        upstreams(name, group.path("upstreams"));
        group.path("config")
                .properties()
                .forEach(it -> config(name, it.getKey(), it.getValue().asText()));
        if (!Tree.isEmpty(group.path("proxy_keys"))) {
            imported.left(name + ".proxy_keys", Why.CLIENTS);
        }
        for (String each : new String[] {"header_rules", "param_overrides"}) {
            if (!Tree.isEmpty(group.path(each))) {
                imported.left(name + "." + each, Why.UNCHANGED);
            }
        }
    }

    private void key(JsonNode key, String wished) {
        String value = (key.isTextual() ? key : key.path("key_value")).asText().strip();
        if (key.path("status").asText().equals("invalid")) {
            imported.left("keys that are marked invalid", "Google refused them; make new ones");
        } else if (KEY.matcher(value).matches()) {
            imported.key(value, wished);
        } else {
            imported.left("keys of another kind", Why.OTHER_API);
        }
    }

    private void upstreams(String name, JsonNode upstreams) {
        if (upstreams.size() > 0) {
            imported.baseUrl(name + ".upstreams", upstreams.get(0).path("url").asText());
        }
        if (upstreams.size() > 1) {
            imported.left(name + ".upstreams", "there is one gemini.base_url; the first was taken");
        }
    }

    private void config(String group, String key, String value) {
        String name = group + ".config." + key;
        switch (key) {
            case "request_timeout" ->
                    imported.number("gemini.total_timeout_seconds", name, value, 1, 86_400);
            case "response_header_timeout" ->
                    imported.number("gemini.timeout_seconds", name, value, 1, 3_600);
            case "connect_timeout" ->
                    imported.number("gemini.connect_timeout_seconds", name, value, 1, 300);
            case "blacklist_threshold" ->
                    imported.number("gemini.breaker.failures", name, value, 1, 1_000);
            case "max_retries" -> imported.left(name, Why.RETRIES);
            default ->
                    imported.left(
                            name,
                            key.startsWith("key_validation") ? Why.CHECKS : Why.NO_COUNTERPART);
        }
    }

    private void variable(String name, String value) {
        if (value.isBlank()) {
            return;
        }
        switch (name) {
            case "HOST" -> imported.set("server.host", value);
            case "PORT" -> imported.number("server.port", name, value, 0, 65_535);
            case "GRACEFUL_SHUTDOWN_TIMEOUT", "SERVER_GRACEFUL_SHUTDOWN_TIMEOUT" ->
                    imported.number("server.shutdown_grace_seconds", name, value, 0, 3_600);
            case "IDLE_TIMEOUT", "SERVER_IDLE_TIMEOUT" ->
                    imported.number("server.idle_timeout_seconds", name, value, 1, 3_600);
            case "LOG_LEVEL" -> word("logging.level", name, value, "error|warn|info|debug|trace");
            case "LOG_FORMAT" -> word("logging.format", name, value, "json|text");
            case "AUTH_KEY" -> imported.left(name, Why.ADMIN);
            case "DATABASE_DSN", "REDIS_DSN", "DATA_DIR", "ENCRYPTION_KEY" ->
                    imported.left(name, Why.NO_DATABASE);
            default -> imported.left(name, Why.NO_COUNTERPART);
        }
    }

    private void word(String path, String name, String value, String words) {
        if (value.matches(words)) {
            imported.set(path, value);
        } else {
            imported.left(name, path + " is one of " + words.replace("|", ", "));
        }
    }
}
