/** Where the beginnings of prompts were sent lately, since Google caches them by project. */
@NullMarked
package io.gemproxy.server.keys.cache;

import org.jspecify.annotations.NullMarked;
