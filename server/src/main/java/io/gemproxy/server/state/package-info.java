/** What must survive a restart, crash-safe in one directory; it stores what the root hands it. */
@NullMarked
package io.gemproxy.server.state;

import org.jspecify.annotations.NullMarked;
