package io.gemproxy.cli;

import java.security.SecureRandom;
import java.util.Random;

/** Draws the same in each run, so that what was drawn can stand in the manual. */
final class Seeded extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random source = new Random(2026_11_21);

    @Override
    public synchronized void nextBytes(byte[] bytes) {
        if (source != null) {
            source.nextBytes(bytes);
        }
    }
}
