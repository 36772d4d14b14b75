package io.gemproxy.server.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Turns a record into one line, whatever its texts hold. */
enum LogFormat {
    JSON {
        @Override
        String format(LogLine line) {
            StringWriter out = new StringWriter(256);
            try (JsonGenerator json = FACTORY.createGenerator(out)) {
                write(json, line);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            // these can stand in strings only, so that the escape means the same character
            return UNSAFE.matcher(out.toString())
                    .replaceAll(unsafe ->
                            String.format(
                                    Locale.ROOT, "\\\\u%04x", (int) unsafe.group().charAt(0)));
        }
    },
    TEXT {
        @Override
        String format(LogLine line) {
            StringBuilder text = new StringBuilder(256);
            text.append(timestamp(line.at())).append(' ');
            text.append(String.format(Locale.ROOT, "%-5s", line.levelWord())).append(' ');
            text.append(line.logger()).append(' ');
            line.requestId().ifPresent(id -> text.append('[').append(id).append("] "));
            text.append(line.message());
            line.error().ifPresent(error -> text.append(" | ").append(error));
            line.frames().forEach(frame -> text.append(" < ").append(frame));
            return BREAKS.matcher(text).replaceAll(" ");
        }
    };

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Line ends of some readers, direction marks, lone surrogates. */
    private static final Pattern UNSAFE =
            Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\p{Cf}&&[^\\x{10000}-\\x{10ffff}]]");

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+");

    /** The line without its end. */
    abstract String format(LogLine line);

    static LogFormat of(LoggingConfig.Format format) {
        return switch (format) {
            case JSON -> JSON;
            case TEXT -> TEXT;
        };
    }

    private static void write(JsonGenerator json, LogLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("timestamp", timestamp(line.at()));
        json.writeStringField("level", line.levelWord());
        json.writeStringField("logger", line.logger());
        json.writeStringField("message", line.message());
        if (line.requestId().isPresent()) {
            json.writeStringField("request_id", line.requestId().get());
        }
        if (line.error().isPresent()) {
            json.writeStringField("error", line.error().get());
        }
        if (!line.frames().isEmpty()) {
            json.writeArrayFieldStart("at");
            for (String frame : line.frames()) {
                json.writeString(frame);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static String timestamp(Instant at) {
        return TIMESTAMP.format(at);
    }
}
