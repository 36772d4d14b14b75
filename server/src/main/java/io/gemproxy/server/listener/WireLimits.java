package io.gemproxy.server.listener;

/**
 * How much a client may send.
 *
 * @param requestLineBytes without the line end
 * @param headerBytes all field lines together
 * @param headerCount field lines
 * @param bodyBytes one request body
 */
record WireLimits(int requestLineBytes, int headerBytes, int headerCount, long bodyBytes) {
    /** Google's own limits are of this size; see docs/configuration.md. */
    static WireLimits withBody(long bodyBytes) {
        return new WireLimits(16 * 1024, 64 * 1024, 100, bodyBytes);
    }
}
