/** A listening socket that was open before we were, and stays open after us. */
@NullMarked
package io.gemproxy.server.listener.inherited;

import org.jspecify.annotations.NullMarked;
