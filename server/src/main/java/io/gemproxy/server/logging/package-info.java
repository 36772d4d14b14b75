/** The application log: levels, JSON or text, the request id on each line, never a secret. */
@NullMarked
package io.gemproxy.server.logging;

import org.jspecify.annotations.NullMarked;
