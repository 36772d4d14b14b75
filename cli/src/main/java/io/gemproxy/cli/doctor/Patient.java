package io.gemproxy.cli.doctor;

import io.gemproxy.server.config.GemproxyConfig;
import java.nio.file.Path;

/**
 * An installation whose configuration can be read.
 *
 * @param config of the server
 * @param file that holds it
 * @param google what came of calling at Google's door
 */
record Patient(GemproxyConfig config, Path file, Contact google) {}
