package io.gemproxy.cli.doctor;

import java.time.Instant;
import java.util.Optional;

/**
 * The beginning of an HTTP answer.
 *
 * @param status its code
 * @param date what its {@code Date} says
 * @param protocol the version of TLS, if it was that
 * @param beginning of its head and body, as text
 */
record Greeting(int status, Optional<Instant> date, Optional<String> protocol, String beginning) {}
