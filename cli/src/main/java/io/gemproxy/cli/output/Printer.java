package io.gemproxy.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Prints a command's answer in the chosen format, and its messages beside it. */
public final class Printer {
    /** All but the line's end; a server's words must not steer a terminal. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    private final Terminal terminal;
    private OutputFormat format = OutputFormat.TEXT;

    public Printer(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Chooses the format; text until then. */
    public void use(OutputFormat chosen) {
        format = chosen;
    }

    /** Prints one of the two, as was asked for. */
    public void print(Supplier<List<String>> text, Supplier<?> json) {
        switch (format) {
            case TEXT -> text.get().forEach(this::line);
            case JSON -> line(write(json.get()));
        }
    }

    public OutputFormat format() {
        return format;
    }

    /** One line of data. */
    public void line(String line) {
        terminal.out().print(line + "\n");
        terminal.out().flush();
    }

    /** One line for people, whatever the format. */
    public void say(String line) {
        terminal.err().print(plain(line) + "\n");
        terminal.err().flush();
    }

    /** Whether nobody reads the data any more. */
    public boolean isClosed() {
        return terminal.out().checkError();
    }

    /** The text in a colour if this is a terminal. */
    public String paint(Paint paint, String text) {
        return terminal.colour() ? paint.on(text) : text;
    }

    /** The text without what could steer a terminal. */
    public static String plain(String text) {
        return CONTROLS.matcher(text).replaceAll("");
    }

    private static String write(Object value) {
        try {
            return Json.WRITER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an answer that is no JSON", impossible);
        }
    }

    /** Made when somebody wants JSON: it takes a third of the time of a command without. */
    private static final class Json {
        private static final ObjectMapper WRITER =
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .build();
    }
}
