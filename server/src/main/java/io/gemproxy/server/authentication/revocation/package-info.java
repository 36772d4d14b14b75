/** What was taken back before its time: tokens, keys and secrets. */
@NullMarked
package io.gemproxy.server.authentication.revocation;

import org.jspecify.annotations.NullMarked;
