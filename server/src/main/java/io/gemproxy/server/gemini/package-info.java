/** The Gemini protocol without I/O: names, operations, error bodies, token counts. */
@NullMarked
package io.gemproxy.server.gemini;

import org.jspecify.annotations.NullMarked;
