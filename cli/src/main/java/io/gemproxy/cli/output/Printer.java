package io.gemproxy.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Prints a command's answer in the chosen format, and its messages beside it. */
public final class Printer {
    /** All but the line's end; a server's words must not steer a terminal. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    private final Terminal terminal;
    private final Progress progress;
    private OutputFormat format = OutputFormat.TEXT;

    /** Prints beside the line of the progress, never into it. */
    public Printer(Terminal terminal, Progress progress) {
        this.terminal = terminal;
        this.progress = progress;
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
        progress.hide();
        terminal.out().print(line + "\n");
        terminal.out().flush();
    }

    /** One line for people, whatever the format. */
    public void say(String line) {
        progress.hide();
        terminal.err().print(plain(line) + "\n");
        terminal.err().flush();
    }

    /** Says that a command failed: for people, and where JSON was asked for, in JSON too. */
    public void fail(ExitCode code, String message) {
        if (format == OutputFormat.JSON) {
            line(Failure.json(code, message));
        }
        String prefix = "gemproxy-cli: ";
        for (String text : message.lines().toList()) {
            say(prefix + text);
            prefix = "";
        }
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

    /** A failure for programs, on one line, so that it also ends a list of lines. */
    private static final class Failure {
        static String json(ExitCode code, String message) {
            ObjectNode failure = JsonNodeFactory.instance.objectNode();
            failure.putObject("error")
                    .put("kind", code.word())
                    .put("exit_code", code.number())
                    .put("message", message);
            return failure.toString();
        }
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
