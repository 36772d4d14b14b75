package io.gemproxy.server.proxy;

/** The bytes of an upstream error from which keys and project numbers are gone. */
final class ScrubbedBody {
    private final byte[] bytes;

    ScrubbedBody(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }
}
