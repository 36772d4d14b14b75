package io.gemproxy.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The JSON object in a request, read strictly: no member twice, none that is not known. */
final class JsonBody {
    private static final int MOST = 64 * 1024;
    private static final ObjectReader READER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build()
                    .reader();

    private final ObjectNode object;

    private JsonBody(ObjectNode object) {
        this.object = object;
    }

    /**
     * The body of a request; none at all is an empty object.
     *
     * @param known the members there may be
     */
    static JsonBody of(ServerRequest request, Set<String> known) throws BadBody {
        return new JsonBody(object(request, known));
    }

    /** The same as it stands, for what knows its members by itself. */
    static ObjectNode object(ServerRequest request) throws BadBody {
        return parsed(bytes(request, MOST));
    }

    /** The same with only these members. */
    static ObjectNode object(ServerRequest request, Set<String> known) throws BadBody {
        ObjectNode object = object(request);
        Set<String> unknown = new TreeSet<>();
        object.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new BadBody(
                    "An unknown member is given; known are "
                            + String.join(", ", new TreeSet<>(known))
                            + ".");
        }
        return object;
    }

    /**
     * The body as it was sent.
     *
     * @param most bytes there may be
     */
    static byte[] bytes(ServerRequest request, int most) throws BadBody {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        if (request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            throw new BadBody(Problem.Kind.CODED, "Send the body as it is, not compressed.");
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new BadBody(
                        Problem.Kind.TOO_LARGE, "The body is larger than " + most / 1024 + " KiB.");
            }
            return bytes;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ObjectNode parsed(byte[] body) throws BadBody {
        try {
            if (body.length > 0 && READER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
            if (body.length == 0) {
                return (ObjectNode) READER.readTree("{}");
            }
        } catch (JsonProcessingException malformed) {
            throw new BadBody("The body is not JSON.");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        throw new BadBody("The body must be a JSON object.");
    }

    boolean has(String member) {
        return object.hasNonNull(member);
    }

    /** Whether a member is there and true. */
    boolean flag(String member) throws BadBody {
        JsonNode value = object.path(member);
        if (value.isMissingNode() || value.isNull() || value.isBoolean()) {
            return value.booleanValue();
        }
        throw new BadBody(member + " must be true or false.");
    }

    Optional<String> text(String member) throws BadBody {
        JsonNode value = object.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new BadBody(member + " must be a text.");
        }
        return Optional.of(value.textValue());
    }

    Optional<Instant> moment(String member) throws BadBody {
        Optional<String> text = text(member);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeParseException malformed) {
            throw new BadBody(member + " must be a time like 2026-11-21T10:00:00Z.");
        }
    }

    /** A whole number of one at least. */
    OptionalLong count(String member, long most) throws BadBody {
        JsonNode value = object.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        boolean sane =
                value.isIntegralNumber()
                        && value.canConvertToLong()
                        && value.longValue() >= 1
                        && value.longValue() <= most;
        if (!sane) {
            throw new BadBody(member + " must be a whole number from 1 to " + most + ".");
        }
        return OptionalLong.of(value.longValue());
    }

    Optional<BigDecimal> amount(String member) throws BadBody {
        JsonNode value = object.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber()) {
            throw new BadBody(member + " must be a number.");
        }
        return Optional.of(value.decimalValue());
    }

    List<String> texts(String member) throws BadBody {
        JsonNode value = object.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            texts.add(element.isTextual() ? element.textValue() : "");
        }
        if (!value.isArray() || texts.isEmpty() || texts.contains("")) {
            throw new BadBody(member + " must be a list of texts that is not empty.");
        }
        return List.copyOf(texts);
    }
}
