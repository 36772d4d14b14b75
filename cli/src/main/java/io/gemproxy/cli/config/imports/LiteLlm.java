package io.gemproxy.cli.config.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code config.yaml} of the LiteLLM proxy. */
final class LiteLlm {
    private static final String GEMINI = "gemini/";
    private static final String VARIABLE = "os.environ/";

    private final Imported imported = new Imported();

    Imported read(String text) throws NotOfThisProductException {
        JsonNode config =
                Tree.yaml(text)
                        .filter(it -> it.path("model_list").isArray())
                        .orElseThrow(() ->
                                new NotOfThisProductException(
                                        "it has no model_list, as its config.yaml would"));
        JsonNode environment = config.path("environment_variables");
        int index = 0;
        for (JsonNode deployment : config.path("model_list")) {
            deployment("model_list[" + index++ + "]", deployment, environment);
        }
        config.properties().forEach(it -> section(it.getKey(), it.getValue()));
        return imported;
    }

    private void deployment(String name, JsonNode deployment, JsonNode environment) {
        JsonNode params = deployment.path("litellm_params");
        String model = params.path("model").asText();
        if (!model.startsWith(GEMINI)) {
            imported.left(name + " (" + model + ")", Why.OTHER_API);
            return;
        }
        String ours = model.substring(GEMINI.length());
        Optional<ImportedKey> key = key(params.path("api_key").asText(), environment);
        if (key.isEmpty()) {
            imported.left(name + ".litellm_params.api_key", "it names no variable");
            return;
        }
        for (JsonNode place : new JsonNode[] {deployment, params}) {
            limit(key.get(), ours, "requests_per_minute", name + ".rpm", place.path("rpm"));
            limit(key.get(), ours, "tokens_per_minute", name + ".tpm", place.path("tpm"));
        }
        alias(name, deployment.path("model_name").asText(), ours);
        params.properties().forEach(it -> param(name, key.get(), it));
    }

    private Optional<ImportedKey> key(String written, JsonNode environment) {
        String variable = written.isEmpty() ? VARIABLE + "GEMINI_API_KEY" : written;
        if (!variable.startsWith(VARIABLE)) {
            return Optional.of(imported.key(written, "key"));
        }
        String name = variable.substring(VARIABLE.length());
        String value = environment.path(name).asText();
        if (!value.isBlank() && !value.startsWith(VARIABLE)) {
            return Optional.of(imported.key(value, name.toLowerCase(Locale.ROOT)));
        }
        return name.matches("[A-Za-z_][A-Za-z0-9_]*")
                ? Optional.of(imported.reference(name))
                : Optional.empty();
    }

    private void limit(ImportedKey key, String model, String limit, String name, JsonNode most) {
        if (!Tree.isEmpty(most)) {
            imported.limit(key, model, limit, name, most.asText());
        }
    }

    /** Clients ask Google's models by Google's names. */
    private void alias(String name, String alias, String model) {
        if (!alias.equals(model) && !alias.equals(GEMINI + model)) {
            imported.left(name + ".model_name", "clients ask for " + model + " by its own name");
        }
    }

    private void param(String name, ImportedKey key, Map.Entry<String, JsonNode> param) {
        String path = name + ".litellm_params." + param.getKey();
        JsonNode value = param.getValue();
        switch (param.getKey()) {
            case "model", "api_key", "rpm", "tpm" -> {}
            case "weight" -> weight(path, key, value.asText());
            case "api_base" -> imported.baseUrl(path, value.asText());
            default -> imported.left(path, Why.UNCHANGED);
        }
    }

    private void weight(String path, ImportedKey key, String text) {
        if (text.matches("[1-9][0-9]{0,3}|10000")) {
            key.weigh(Long.parseLong(text));
        } else {
            imported.left(path, "weight takes a whole number from 1 to 10000");
        }
    }

    private void section(String name, JsonNode section) {
        switch (name) {
            case "model_list", "environment_variables" -> {}
            case "router_settings", "litellm_settings", "general_settings" ->
                    section.properties().forEach(it -> setting(name + "." + it.getKey(), it));
            default -> imported.left(name, Why.NO_COUNTERPART);
        }
    }

    private void setting(String path, Map.Entry<String, JsonNode> setting) {
        String value = setting.getValue().asText();
        switch (setting.getKey()) {
            case "routing_strategy" -> strategy(path, value);
            case "timeout", "request_timeout" ->
                    imported.number("gemini.timeout_seconds", path, value, 1, 3_600);
            case "allowed_fails" ->
                    imported.number("gemini.breaker.failures", path, value, 1, 1_000);
            case "cooldown_time" ->
                    imported.number("gemini.breaker.open_seconds", path, value, 1, 3_600);
            case "num_retries", "retry_policy", "retry_after" -> imported.left(path, Why.RETRIES);
            case "master_key" -> imported.left(path, Why.CLIENTS);
            case "drop_params", "modify_params", "fallbacks", "context_window_fallbacks" ->
                    imported.left(path, Why.UNCHANGED);
            default ->
                    imported.left(
                            path,
                            setting.getKey().matches("(database|redis|store)_.*")
                                    ? Why.NO_DATABASE
                                    : Why.NO_COUNTERPART);
        }
    }

    private void strategy(String path, String strategy) {
        switch (strategy) {
            case "simple-shuffle" -> imported.set("gemini.selection", "weighted_round_robin");
            case "least-busy" -> imported.set("gemini.selection", "least_loaded");
            case "usage-based-routing", "usage-based-routing-v2" ->
                    imported.set("gemini.selection", "most_headroom");
            default -> imported.left(path, "gemini.selection has no such policy");
        }
    }
}
