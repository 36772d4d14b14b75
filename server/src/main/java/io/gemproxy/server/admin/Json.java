package io.gemproxy.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Records as JSON: snake_case names, RFC 3339 times, {@code null} for what is absent. */
final class Json {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .addModule(module())
                    .build();

    private Json() {}

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for " + value.getClass().getSimpleName(), e);
        }
    }

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule("gemproxy");
        module.addSerializer(new Writer<>(new TypeReference<Instant>() {}, Json::time));
        module.addSerializer(
                new Writer<>(new TypeReference<Optional<?>>() {}, value -> value.orElse(null)));
        module.addSerializer(
                new Writer<>(
                        new TypeReference<OptionalInt>() {},
                        value -> value.isPresent() ? value.getAsInt() : null));
        module.addSerializer(
                new Writer<>(
                        new TypeReference<OptionalLong>() {},
                        value -> value.isPresent() ? value.getAsLong() : null));
        module.addSerializer(new Writer<>(new TypeReference<LocalDate>() {}, LocalDate::toString));
        module.addSerializer(
                new Writer<>(
                        new TypeReference<OptionalDouble>() {},
                        value -> value.isPresent() ? value.getAsDouble() : null));
        return module;
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Turns a value into one that Jackson knows. */
    @FunctionalInterface
    private interface Known<T> {
        @Nullable Object of(T value);
    }

    /** Writes what {@link Known} says. */
    private static final class Writer<T> extends StdSerializer<T> {
        private final transient Known<T> known;

        Writer(TypeReference<T> type, Known<T> known) {
            super(TypeFactory.defaultInstance().constructType(type));
            this.known = known;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            provider.defaultSerializeValue(known.of(value), out);
        }
    }
}
