package io.gemproxy.server.admin;

import java.util.Optional;

/**
 * A finding of the configuration as the admin API shows it; never holds a secret.
 *
 * @param code stable, for {@code gemproxy-cli explain}
 * @param severity {@code error}, {@code warning} or {@code notice}
 * @param source the file as the operator named it, or where else the value stands
 * @param line from 1, if the source has lines
 * @param column from 1, if the source has lines
 * @param key path of the setting, empty where the whole file is meant
 * @param message what is wrong
 * @param fix what would be right
 */
public record FindingReport(
        String code,
        String severity,
        String source,
        Optional<Integer> line,
        Optional<Integer> column,
        String key,
        String message,
        String fix) {}
