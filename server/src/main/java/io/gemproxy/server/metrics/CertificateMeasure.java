package io.gemproxy.server.metrics;

import java.time.Instant;

/**
 * Until when a served certificate is good.
 *
 * @param listener the port that shows it
 * @param file where it is from
 * @param end its last moment
 */
public record CertificateMeasure(String listener, String file, Instant end) {}
