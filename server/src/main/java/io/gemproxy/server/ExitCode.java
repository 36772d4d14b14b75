package io.gemproxy.server;

/** How the server process ends; a promise to scripts and to systemd. */
final class ExitCode {
    static final int STOPPED = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INVALID_CONFIGURATION = 4;
    static final int CANNOT_BIND = 5;

    private ExitCode() {}
}
