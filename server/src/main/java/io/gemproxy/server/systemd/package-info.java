/** What the service manager wants to know: the protocol of sd_notify(3), and a watchdog for it. */
@NullMarked
package io.gemproxy.server.systemd;

import org.jspecify.annotations.NullMarked;
