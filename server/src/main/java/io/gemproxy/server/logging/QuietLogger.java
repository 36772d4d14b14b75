package io.gemproxy.server.logging;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A library's logger that was turned down; held, for the JVM keeps loggers only weakly.
 *
 * @param logger the logger
 * @param before its own level before, if it had one
 */
record QuietLogger(Logger logger, @Nullable Level before) {
    static QuietLogger of(String name, Level least) {
        Logger logger = Logger.getLogger(name);
        QuietLogger quiet = new QuietLogger(logger, logger.getLevel());
        logger.setLevel(least);
        return quiet;
    }

    void restore() {
        logger.setLevel(before);
    }
}
