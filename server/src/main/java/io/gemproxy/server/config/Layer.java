package io.gemproxy.server.config;

/** Who said it, in rising precedence. */
enum Layer {
    FILE,
    ENVIRONMENT,
    COMMAND_LINE
}
