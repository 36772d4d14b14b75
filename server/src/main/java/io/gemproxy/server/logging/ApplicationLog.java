package io.gemproxy.server.logging;

import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The application log: takes the place of the JVM's root handlers until it is closed. Everything
 * that logs by System.Logger, java.util.logging or SLF4J comes out here, one line per record.
 */
public final class ApplicationLog implements AutoCloseable {
    private static final int QUEUE = 4_096;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    /** Loggers that say more than an operator wants, with the least level they may speak at. */
    private static final Map<String, Level> QUIET =
            Map.of(
                    "io.helidon.common.socket.SocketContext", Level.SEVERE,
                    "io.helidon.webserver.http.HttpRouting", Level.SEVERE,
                    "io.helidon.common.features", Level.WARNING,
                    "io.helidon.common.DeprecationSupport", Level.OFF,
                    "io.helidon", Level.WARNING,
                    "org.apache.hc", Level.WARNING,
                    // each nonce that an authority rejects, which is how ACME works
                    "org.shredzone.acme4j.connector", Level.WARNING);

    /** Held, for the JVM keeps loggers only weakly. */
    private static final List<Logger> HELD =
            QUIET.keySet().stream().map(Logger::getLogger).toList();

    private final Logger root = Logger.getLogger("");
    private final List<Handler> replaced = List.of(root.getHandlers());
    private final Level replacedLevel = root.getLevel();
    private final List<QuietLogger> quiet = new ArrayList<>();
    private final LogWriter writer;
    private final LogHandler handler;

    private ApplicationLog(
            LoggingConfig config,
            OutputStream out,
            boolean priorities,
            UnaryOperator<String> scrubber,
            int capacity) {
        writer = new LogWriter(out, capacity);
        handler = new LogHandler(LogFormat.of(config.format()), priorities, scrubber, writer);
    }

    /**
     * Turns down those loggers of libraries now: for what runs before a log is installed, whose
     * records the JVM itself would write to standard error, in a form of its own.
     */
    public static void quieten() {
        HELD.forEach(logger -> logger.setLevel(QUIET.get(logger.getName())));
    }

    /**
     * Starts logging to {@code out}, which is flushed but never closed.
     *
     * @param scrubber replaces every secret in a text; called for each message and error text, on
     *     the thread that logs
     */
    public static ApplicationLog install(
            LoggingConfig config, OutputStream out, UnaryOperator<String> scrubber) {
        return install(config, out, false, scrubber, QUEUE);
    }

    /**
     * The same.
     *
     * @param priorities whether each line begins with its priority, as the journal wants it
     */
    public static ApplicationLog install(
            LoggingConfig config,
            OutputStream out,
            boolean priorities,
            UnaryOperator<String> scrubber) {
        return install(config, out, priorities, scrubber, QUEUE);
    }

    static ApplicationLog install(
            LoggingConfig config, OutputStream out, UnaryOperator<String> scrubber, int capacity) {
        return install(config, out, false, scrubber, capacity);
    }

    private static ApplicationLog install(
            LoggingConfig config,
            OutputStream out,
            boolean priorities,
            UnaryOperator<String> scrubber,
            int capacity) {
        ApplicationLog log = new ApplicationLog(config, out, priorities, scrubber, capacity);
        log.level(config.level());
        log.takeOver();
        return log;
    }

    /** Takes over other settings at once. */
    public void reconfigure(LoggingConfig next) {
        level(next.level());
        handler.format(LogFormat.of(next.format()));
    }

    /** Changes the least level that is written; takes effect at once. */
    public void level(LoggingConfig.Level level) {
        root.setLevel(
                switch (level) {
                    case ERROR -> Level.SEVERE;
                    case WARN -> Level.WARNING;
                    case INFO -> Level.INFO;
                    case DEBUG -> Level.FINE;
                    case TRACE -> Level.FINEST;
                });
    }

    /** Lines that could not be written since the start, because the output was stuck or broken. */
    public long dropped() {
        return writer.dropped();
    }

    /** Writes what is queued, for at most two seconds, and gives the root logger back as it was. */
    @Override
    public void close() {
        root.removeHandler(handler);
        replaced.forEach(root::addHandler);
        root.setLevel(replacedLevel);
        quiet.forEach(QuietLogger::restore);
        writer.close(CLOSE_PATIENCE);
    }

    private void takeOver() {
        handler.setLevel(Level.ALL);
        writer.start();
        replaced.forEach(root::removeHandler);
        root.addHandler(handler);
        QUIET.forEach((name, level) -> quiet.add(QuietLogger.of(name, level)));
    }
}
