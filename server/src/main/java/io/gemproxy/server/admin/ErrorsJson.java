package io.gemproxy.server.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.metrics.ErrorExample;
import io.gemproxy.server.metrics.Errors;
import io.gemproxy.server.metrics.Window;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Body of {@code /errors}. */
record ErrorsJson(
        Map<String, Long> total,
        Map<String, CountJson> classes,
        Map<String, CountJson> models,
        Map<String, CountJson> keys,
        List<ExampleJson> recent) {
    static ErrorsJson of(Errors errors) {
        return new ErrorsJson(
                windows(errors.total()),
                counts(errors.classes()),
                counts(errors.models()),
                counts(errors.keys()),
                errors.recent().stream().map(ExampleJson::of).toList());
    }

    private static Map<String, Long> windows(Map<Window, Long> byWindow) {
        Map<String, Long> windows = new LinkedHashMap<>();
        byWindow.forEach((window, count) -> windows.put(window.label(), count));
        return windows;
    }

    private static Map<String, CountJson> counts(Map<String, Errors.Count> counts) {
        Map<String, CountJson> json = new LinkedHashMap<>();
        counts.forEach((label, count) ->
                json.put(
                        label,
                        new CountJson(windows(count.byWindow()), ExampleJson.of(count.last()))));
        return json;
    }

    /** Failures of one kind, with the newest. */
    record CountJson(Map<String, Long> counts, ExampleJson last) {}

    /** One failed request. */
    record ExampleJson(
            String requestId,
            Instant time,
            @JsonProperty("class") String errorClass,
            String reason,
            int status,
            String operation,
            String model,
            Optional<String> key) {
        static ExampleJson of(ErrorExample example) {
            return new ExampleJson(
                    example.requestId().value(),
                    example.time(),
                    example.errorClass().label(),
                    example.reason(),
                    example.status(),
                    example.operation(),
                    example.model(),
                    example.key().map(KeyId::value));
        }
    }
}
