package io.gemproxy.cli.admin;

import io.gemproxy.server.exchange.Secret;
import java.net.URI;

/**
 * Where to ask and with what.
 *
 * @param server scheme, host and port
 * @param credential an admin token
 */
public record AdminTarget(URI server, Secret credential) {}
