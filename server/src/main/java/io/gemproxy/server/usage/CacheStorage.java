package io.gemproxy.server.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.ModelNames;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an explicit cache stores and until when, from the answer to making or prolonging it.
 * Its whole time is priced, from when it was made: who asks again knows what was counted before.
 */
final class CacheStorage implements AnswerReader {
    /** What Google answers is the resource without its contents. */
    private static final int LARGEST = 64 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private final Exchange exchange;
    private final Pricing pricing;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private long seen;
    private Optional<Resource> resource = Optional.empty();

    CacheStorage(Exchange exchange, Pricing pricing) {
        this.exchange = exchange;
        this.pricing = pricing;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        seen += length;
        if (seen <= LARGEST) {
            answer.write(bytes, offset, length);
        }
    }

    @Override
    public Optional<TokenUsage> last() {
        if (seen <= LARGEST) {
            resource = Resource.read(answer.toByteArray());
        }
        return resource.map(_ -> TokenUsage.NOTHING);
    }

    @Override
    public Optional<TokenUsage> largest() {
        return last();
    }

    @Override
    public Optional<Cost> cost() {
        return resource.map(
                it -> pricing.storage(it.model, exchange.startedAt(), it.tokens, it.kept));
    }

    @Override
    public Optional<String> subject() {
        return resource.map(Resource::name);
    }

    @Override
    public Optional<ModelName> model() {
        return resource.flatMap(Resource::model);
    }

    private record Resource(String name, Optional<ModelName> model, long tokens, Duration kept) {
        /** Empty if the answer does not say all of it. */
        static Optional<Resource> read(byte[] answer) {
            try (JsonParser json = JSON.createParser(answer)) {
                return json.nextToken() == JsonToken.START_OBJECT
                        ? new Members().read(json)
                        : Optional.empty();
            } catch (IOException | DateTimeException unreadable) {
                return Optional.empty();
            }
        }
    }

    private static final class Members {
        private String name = "";
        private Optional<ModelName> model = Optional.empty();
        private long tokens;
        private @Nullable Instant made;
        private @Nullable Instant expires;

        Optional<Resource> read(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    text(field, json.getText());
                } else if (field.equals("usageMetadata") && value == JsonToken.START_OBJECT) {
                    counts(json);
                } else {
                    json.skipChildren();
                }
            }
            Instant from = made;
            Instant to = expires;
            return from == null || to == null || name.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Resource(name, model, tokens, Duration.between(from, to)));
        }

        private void text(String field, String value) {
            switch (field) {
                case "name" -> name = value;
                case "model" -> model = ModelNames.of(value);
                case "createTime" -> made = Instant.parse(value);
                case "expireTime" -> expires = Instant.parse(value);
                default -> {}
            }
        }

        private void counts(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("totalTokenCount")) {
                    tokens = UsageCounts.count(json);
                } else {
                    json.skipChildren();
                }
            }
        }
    }
}
