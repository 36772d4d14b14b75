/** Where the server's certificates come from: files, or self-signed. */
@NullMarked
package io.gemproxy.server.listener.certificates;

import org.jspecify.annotations.NullMarked;
