package io.gemproxy.server.logging;

import io.gemproxy.server.exchange.LogContext;
import io.gemproxy.server.exchange.RequestId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Scrubs and formats records on the thread that logs, which alone knows its request. */
final class LogHandler extends Handler {
    private static final int MAX_TEXT = 8_192;

    private final SimpleFormatter parameters = new SimpleFormatter();
    private volatile LogFormat format;
    private final boolean priorities;
    private final UnaryOperator<String> scrubber;
    private final LogWriter writer;

    LogHandler(
            LogFormat format,
            boolean priorities,
            UnaryOperator<String> scrubber,
            LogWriter writer) {
        this.format = format;
        this.priorities = priorities;
        this.scrubber = scrubber;
        this.writer = writer;
    }

    /** Lines have this shape from now on. */
    void format(LogFormat next) {
        format = next;
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            LogLine line = line(record);
            String text = format.format(line);
            writer.offer(priorities ? line.priority() + text : text);
        }
    }

    @Override
    public void flush() {
        // the writer flushes whenever it has nothing more to write
    }

    @Override
    public void close() {
        // the writer is closed by its owner
    }

    private LogLine line(LogRecord record) {
        Optional<Throwable> thrown = Optional.ofNullable(record.getThrown());
        return new LogLine(
                record.getInstant(),
                record.getLevel(),
                Optional.ofNullable(record.getLoggerName()).orElse(""),
                scrubbed(message(record)),
                LogContext.requestId().map(RequestId::value),
                thrown.map(ThrownText::chain).map(this::scrubbed),
                thrown.map(ThrownText::frames).orElse(List.of()));
    }

    private String message(LogRecord record) {
        return record.getMessage() == null ? "" : parameters.formatMessage(record);
    }

    /** Cut only after scrubbing, or half a secret could stay. */
    private String scrubbed(String text) {
        String clean = scrubber.apply(text);
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT) + "…";
    }
}
