package io.gemproxy.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records look on disk as Jackson's own form of a record does, and are read from all it reads. */
class RecordFormsTest {
    private static final ObjectMapper JACKSONS_OWN =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private static final Whole FULL =
            new Whole(
                    "a \"text\"",
                    7,
                    -8_000_000_000L,
                    0.25,
                    true,
                    Colour.GREEN,
                    new Part("p", List.of(1L, 2L)),
                    List.of(new Part("q", List.of())),
                    Map.of("key", new Part("r", List.of(3L))));

    enum Colour {
        RED,
        GREEN
    }

    record Part(String name, List<Long> numbers) {
        Part {
            if (name.equals("refused")) {
                throw new IllegalArgumentException("a part of that name");
            }
        }
    }

    record Whole(
            @Nullable String text,
            int small,
            long large,
            double share,
            boolean yes,
            @Nullable Colour colour,
            @Nullable Part part,
            @Nullable List<Part> parts,
            @Nullable Map<String, Part> named) {}

    record Chain(String link, @Nullable Chain next) {}

    record Dated(Instant at) {}

    @Test
    void isWhatJacksonWrites() throws JsonProcessingException {
        String text = Json.MAPPER.writeValueAsString(FULL);

        assertEquals(JACKSONS_OWN.writeValueAsString(FULL), text);
        assertEquals(text, Json.MAPPER.writeValueAsString(Json.MAPPER.valueToTree(FULL)));
        assertEquals(FULL, Json.MAPPER.readValue(text, Whole.class));
        assertEquals(FULL, Json.MAPPER.treeToValue(Json.MAPPER.readTree(text), Whole.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\":null,\"small\":null,\"yes\":null,\"colour\":null,\"parts\":null}",
                "{\"new\":{\"deep\":[{\"er\":1}]},\"small\":3,\"newer\":[[]],\"yes\":true}",
                "{\"small\":\"12\",\"large\":\"13\",\"share\":1,\"text\":14}",
                "{\"small\":1,\"small\":2}",
                "{\"named\":{\"a\":null},\"parts\":[null]}",
            })
    void readsWhatJacksonReads(String text) throws JsonProcessingException {
        assertEquals(
                JACKSONS_OWN.readValue(text, Whole.class),
                Json.MAPPER.readValue(text, Whole.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"text\"",
                "7",
                "{\"small\":\"many\"}",
                "{\"small\":{}}",
                "{\"colour\":\"BLUE\"}",
                "{\"parts\":{}}",
                "{\"part\":{\"name\":\"refused\"}}",
                "{\"part\":[]}",
                "{\"part\":{\"name\":\"cut\"",
            })
    void refusesWhatJacksonRefuses(String text) {
        assertThrows(
                JsonProcessingException.class, () -> JACKSONS_OWN.readValue(text, Whole.class));
        assertThrows(JsonProcessingException.class, () -> Json.MAPPER.readValue(text, Whole.class));
    }

    @Test
    void aRecordMayHoldItsOwnKind() throws JsonProcessingException {
        Chain chain = new Chain("a", new Chain("b", null));

        String text = Json.MAPPER.writeValueAsString(chain);

        assertEquals("{\"link\":\"a\",\"next\":{\"link\":\"b\",\"next\":null}}", text);
        assertEquals(chain, Json.MAPPER.readValue(text, Chain.class));
    }

    @Test
    void momentsAreIso8601() throws JsonProcessingException {
        Dated dated = new Dated(Instant.parse("2026-11-22T09:00:00.5Z"));

        String text = Json.MAPPER.writeValueAsString(dated);

        assertEquals("{\"at\":\"2026-11-22T09:00:00.500Z\"}", text);
        assertEquals(dated, Json.MAPPER.readValue(text, Dated.class));
        assertThrows(
                JsonMappingException.class,
                () -> Json.MAPPER.readValue("{\"at\":\"yesterday\"}", Dated.class));
    }
}
