package io.gemproxy.cli.config.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the {@code .env} of gemini-balance. */
final class GeminiBalance {
    private static final Pattern DATABASE = Pattern.compile("(MYSQL|REDIS|SQLITE|DATABASE)_.*");
    private static final Pattern ANSWERS =
            Pattern.compile(
                    "(STREAM|FAKE_STREAM|THINKING|SHOW|TOOLS|SEARCH|IMAGE|TTS|CREATE_IMAGE|UPLOAD|SMMS"
                            + "|PICGO|CLOUDFLARE_IMGBED|SAFETY|FILTERED|CUSTOM|URL)_.*");

    private final Imported imported = new Imported();

    Imported read(String text) throws NotOfThisProductException {
        Map<String, String> env = DotEnv.parse(text);
        if (!env.containsKey("API_KEYS")) {
            throw new NotOfThisProductException("it has no API_KEYS, as its .env would");
        }
        keys(env);
        limits(env);
        env.forEach(this::rest);
        return imported;
    }

    private void keys(Map<String, String> env) {
        for (String key : Tree.texts(env.getOrDefault("API_KEYS", ""))) {
            imported.key(key, "key");
        }
        String paid = env.getOrDefault("PAID_KEY", "").strip();
        if (!paid.isEmpty()) {
            imported.key(paid, "paid");
        }
    }

    private void limits(Map<String, String> env) {
        for (ImportedKey key : imported.keys()) {
            limit(key, ImportedKey.ANY_MODEL, "requests_per_minute", env, "DEFAULT_RPM");
            limit(key, ImportedKey.ANY_MODEL, "requests_per_day", env, "DEFAULT_RPD");
            Optional<JsonNode> byModel = Tree.json(env.getOrDefault("MODEL_RATE_LIMITS", ""));
            byModel.ifPresent(models ->
                    models.properties().forEach(it -> model(key, it.getKey(), it.getValue())));
        }
    }

    private void limit(
            ImportedKey key, String model, String limit, Map<String, String> env, String name) {
        String value = env.getOrDefault(name, "");
        if (!value.isBlank()) {
            imported.limit(key, model, limit, name, value);
        }
    }

    /** A pair: requests per minute, requests per day. */
    private void model(ImportedKey key, String model, JsonNode pair) {
        List<String> names = List.of("requests_per_minute", "requests_per_day");
        for (int i = 0; i < Math.min(names.size(), pair.size()); i++) {
            imported.limit(
                    key, model, names.get(i), "MODEL_RATE_LIMITS." + model, pair.get(i).asText());
        }
    }

    private void rest(String name, String value) {
        if (value.isBlank() || value.equals("[]") || value.equals("{}")) {
            return;
        }
        switch (name) {
            case "API_KEYS", "PAID_KEY", "DEFAULT_RPM", "DEFAULT_RPD", "MODEL_RATE_LIMITS" -> {}
            case "TIME_OUT" -> imported.number("gemini.timeout_seconds", name, value, 1, 3_600);
            case "MAX_FAILURES" ->
                    imported.number("gemini.breaker.failures", name, value, 1, 1_000);
            case "LOG_LEVEL" -> level(name, value);
            case "BASE_URL", "GEMINI_BASE_URL" -> baseUrl(name, value);
            case "ALLOWED_TOKENS" -> imported.left(name, Why.CLIENTS);
            case "AUTH_TOKEN" -> imported.left(name, Why.ADMIN);
            case "MAX_RETRIES" -> imported.left(name, Why.RETRIES);
            case "CHECK_INTERVAL_HOURS", "TEST_MODEL" -> imported.left(name, Why.CHECKS);
            case "VERTEX_API_KEYS", "VERTEX_EXPRESS_BASE_URL" -> imported.left(name, Why.OTHER_API);
            case "KEY_RATE_LIMITS" ->
                    imported.left(name, "write limits into the entry of that key");
            case "PROXIES", "PROXIES_USE_CONSISTENCY_HASH_BY_API_KEY" ->
                    imported.left(name, "all keys go out by the one way this machine has");
            case "TIMEZONE" -> imported.left(name, "times are UTC; quotas end as Google's do");
            default -> other(name);
        }
    }

    private void other(String name) {
        if (DATABASE.matcher(name).matches()) {
            imported.left(name, Why.NO_DATABASE);
        } else if (ANSWERS.matcher(name).matches() || name.equals("CREATE_IMAGE_MODEL")) {
            imported.left(name, Why.UNCHANGED);
        } else {
            imported.left(name, Why.NO_COUNTERPART);
        }
    }

    private void baseUrl(String name, String value) {
        List<String> urls = Tree.texts(value);
        imported.baseUrl(name, urls.getFirst());
        if (urls.size() > 1) {
            imported.left(name, "there is one gemini.base_url; the first was taken");
        }
    }

    private void level(String name, String value) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "debug" -> imported.set("logging.level", "debug");
            case "info" -> imported.set("logging.level", "info");
            case "warning", "warn" -> imported.set("logging.level", "warn");
            case "error", "critical" -> imported.set("logging.level", "error");
            default -> imported.left(name, "logging.level is error, warn, info, debug or trace");
        }
    }
}
