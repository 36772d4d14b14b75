package io.gemproxy.server;

import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What the process gives to the server: everything that a test would want to hold in its hand.
 *
 * @param clock wall clock
 * @param nanoTime monotonic clock
 * @param random cryptographically strong
 * @param environment variables
 * @param workingDirectory what relative paths are relative to
 * @param out the application log
 * @param err talk
 */
public record Platform(
        InstantSource clock,
        LongSupplier nanoTime,
        SecureRandom random,
        Map<String, String> environment,
        Path workingDirectory,
        PrintStream out,
        PrintStream err) {
    /** Leaves the environment out: it may hold secrets. */
    @Override
    public String toString() {
        return "Platform[" + workingDirectory + "]";
    }
}
