package io.gemproxy.server.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the parts of one error body, in whatever order they come. */
final class GeminiErrorReader {
    private static final int MOST_DETAILS = 64;

    private boolean found;
    private int code;
    private String status = "";
    private String message = "";
    private final List<String> reasons = new ArrayList<>();
    private final List<QuotaViolation> violations = new ArrayList<>();
    private Optional<Duration> retryDelay = Optional.empty();
    private Optional<String> project = Optional.empty();

    Optional<GeminiError> read(byte[] body, int length) {
        int start = jsonStart(body, length);
        JsonScan.scan(body, start, length - start, this::readTop);
        return found ? Optional.of(error()) : Optional.empty();
    }

    /** An error of which only the message is known. */
    GeminiError ofMessage(String said) {
        message = said;
        return error();
    }

    private GeminiError error() {
        ErrorText text = new ErrorText(message);
        Optional<Duration> delay = retryDelay.or(text::retryDelay);
        if (violations.isEmpty()) {
            violations.addAll(text.violations());
        }
        project = project.or(text::project);
        return new GeminiError(code, status, message, reasons, delay, violations, project);
    }

    /** Skips what stands before the first brace or bracket, such as {@code data: }. */
    private static int jsonStart(byte[] body, int length) {
        for (int i = 0; i < length; i++) {
            if (body[i] == '{' || body[i] == '[') {
                return i;
            }
        }
        return length;
    }

    private void readTop(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_ARRAY) {
            first = json.nextToken();
        }
        if (first != JsonToken.START_OBJECT) {
            return;
        }
        while (JsonScan.nextField(json)) {
            boolean isError = json.currentName().equals("error");
            JsonToken value = json.nextToken();
            if (isError && value == JsonToken.START_OBJECT) {
                found = true;
                readError(json);
            } else if (isError && value == JsonToken.VALUE_STRING) {
                found = true;
                message = json.getText();
            } else {
                json.skipChildren();
            }
        }
    }

    private void readError(JsonParser json) throws IOException {
        while (JsonScan.nextField(json)) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "code" -> readCode(json, value);
                case "status" -> status = text(json, value, status);
                case "message" -> message = text(json, value, message);
                case "details" -> readDetails(json, value);
                default -> json.skipChildren();
            }
        }
    }

    private void readCode(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT) {
            code = json.getIntValue();
        } else if (status.isEmpty()) {
            status = text(json, value, status);
        }
    }

    private void readDetails(JsonParser json, JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        for (JsonToken item = json.nextToken();
                item != null && item != JsonToken.END_ARRAY;
                item = json.nextToken()) {
            if (item == JsonToken.START_OBJECT) {
                readDetail(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readDetail(JsonParser json) throws IOException {
        while (JsonScan.nextField(json)) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "reason" -> addReason(text(json, value, ""));
                case "retryDelay" -> {
                    Optional<Duration> delay = WireDuration.parse(text(json, value, ""));
                    retryDelay = retryDelay.isPresent() ? retryDelay : delay;
                }
                case "metadata" -> readMetadata(json, value);
                case "violations" -> readViolations(json, value);
                default -> json.skipChildren();
            }
        }
    }

    private void addReason(String reason) {
        if (!reason.isEmpty() && reasons.size() < MOST_DETAILS) {
            reasons.add(reason);
        }
    }

    /** The consumer project, and the quota as the older ErrorInfo states it. */
    private void readMetadata(JsonParser json, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        QuotaFields quota = new QuotaFields();
        while (JsonScan.nextField(json)) {
            String field = json.currentName();
            String written = text(json, json.nextToken(), "");
            if (field.equals("consumer") && written.startsWith("projects/")) {
                project = Optional.of(written.substring("projects/".length()));
            }
            quota.take(field, written);
        }
        add(quota);
    }

    private void readViolations(JsonParser json, JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            QuotaFields quota = new QuotaFields();
            while (JsonScan.nextField(json)) {
                String field = json.currentName();
                JsonToken token = json.nextToken();
                if (field.equals("quotaDimensions") && token == JsonToken.START_OBJECT) {
                    readDimensions(json, quota);
                } else {
                    quota.take(field, text(json, token, ""));
                }
            }
            add(quota);
        }
    }

    private static void readDimensions(JsonParser json, QuotaFields quota) throws IOException {
        while (JsonScan.nextField(json)) {
            boolean isModel = json.currentName().equals("model");
            String written = text(json, json.nextToken(), "");
            if (isModel) {
                quota.model = written;
            }
        }
    }

    private void add(QuotaFields quota) {
        if ((!quota.id.isEmpty() || !quota.metric.isEmpty()) && violations.size() < MOST_DETAILS) {
            violations.add(quota.violation());
        }
    }

    /** The scalar as text, or {@code otherwise} for anything nested, which is skipped. */
    private static String text(JsonParser json, JsonToken value, String otherwise)
            throws IOException {
        if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
            return json.getText();
        }
        json.skipChildren();
        return otherwise;
    }

    /** The fields of one violation while they are read. */
    private static final class QuotaFields {
        private String id = "";
        private String metric = "";
        private String limit = "";
        private String model = "";

        void take(String field, String value) {
            switch (field) {
                case "quotaId", "quota_limit" -> id = value;
                case "quotaMetric", "quota_metric" -> metric = value;
                case "quotaValue", "quota_limit_value" -> limit = value;
                default -> {}
            }
        }

        QuotaViolation violation() {
            return new QuotaViolation(
                    id, metric, limit, Optional.of(model).filter(named -> !named.isEmpty()));
        }
    }
}
