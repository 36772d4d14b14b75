package io.gemproxy.server.config;

import java.util.Locale;

/** Tells whether an address can only be reached from this machine, without asking a resolver. */
final class Loopback {
    private Loopback() {}

    static boolean is(String host) {
        String name = host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("::1")
                || name.equals("0:0:0:0:0:0:0:1")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
