/** Changes the configuration on disk and puts it into effect, or leaves both as they were. */
@NullMarked
package io.gemproxy.server.reload.writing;

import org.jspecify.annotations.NullMarked;
