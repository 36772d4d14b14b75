package io.gemproxy.server.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form of the state file: one line {@code {"format":1,"length":…,"crc32c":"…"}} about the bytes
 * that follow it, which are an object with {@code version} and {@code value} of each part. A part
 * nobody here knows is kept as it is.
 */
final class Snapshots {
    private static final int FORMAT = 1;

    private final List<StatePart<?>> parts;
    private final Map<String, JsonNode> strangers = new LinkedHashMap<>();

    Snapshots(List<StatePart<?>> parts) {
        this.parts = parts;
    }

    /** The whole file as of now; equal state gives equal bytes. */
    byte[] encode() throws JsonProcessingException {
        ObjectNode body = Json.MAPPER.createObjectNode();
        for (StatePart<?> part : parts) {
            ObjectNode member = body.putObject(part.name());
            member.put("version", part.version());
            member.set("value", Json.MAPPER.valueToTree(part.snapshot().get()));
        }
        body.setAll(strangers);
        byte[] bytes = Json.MAPPER.writeValueAsBytes(body);
        ObjectNode header = Json.MAPPER.createObjectNode();
        header.put("format", FORMAT).put("length", bytes.length);
        header.put("crc32c", Checksum.of(bytes));
        byte[] head =
                (Json.MAPPER.writeValueAsString(header) + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] file = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, file, head.length, bytes.length);
        return file;
    }

    Reading decode(byte[] file) {
        try {
            int end = 0;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            JsonNode header = Json.MAPPER.readTree(file, 0, end);
            int format = header.path("format").asInt();
            if (format > FORMAT) {
                return new Reading.Newer("format " + format);
            }
            int start = end + 1;
            int length = file.length - start;
            return format != FORMAT
                            || length != header.path("length").asInt(-1)
                            || !Checksum.of(file, start, length)
                                    .equals(header.path("crc32c").asText())
                    ? new Reading.Corrupt("length or checksum is wrong")
                    : body(Json.MAPPER.readTree(file, start, length));
        } catch (IOException unreadable) {
            return new Reading.Corrupt("not in the form of a state file");
        }
    }

    private Reading body(JsonNode body) {
        List<Runnable> restores = new ArrayList<>();
        Map<String, JsonNode> unknown = new LinkedHashMap<>();
        body.properties().forEach(member -> unknown.put(member.getKey(), member.getValue()));
        for (StatePart<?> part : parts) {
            JsonNode member = unknown.remove(part.name());
            if (member == null) {
                continue;
            }
            int version = member.path("version").asInt();
            if (version > part.version()) {
                return new Reading.Newer("version " + version + " of " + part.name());
            }
            try {
                restores.add(restore(part, member.path("value")));
            } catch (JsonProcessingException | IllegalArgumentException unfit) {
                return new Reading.Corrupt(part.name() + " is not in its form");
            }
        }
        return new Reading.Good(() -> {
            strangers.putAll(unknown);
            restores.forEach(Runnable::run);
        });
    }

    private static <T> Runnable restore(StatePart<T> part, JsonNode value)
            throws JsonProcessingException {
        T decoded = Json.MAPPER.treeToValue(value, part.type());
        if (decoded == null) {
            throw new IllegalArgumentException("null");
        }
        return () -> part.restore().accept(decoded);
    }
}
