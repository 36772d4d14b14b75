package io.gemproxy.server.listener;

import java.time.Duration;

/**
 * How long a client may keep the server waiting.
 *
 * @param head from the first byte of a request head (or from the connection's start) to its last
 * @param body longest silence inside a request body
 * @param idle longest silence between requests
 * @param write longest time one write may be stuck because the client does not read
 */
record Deadlines(Duration head, Duration body, Duration idle, Duration write) {}
