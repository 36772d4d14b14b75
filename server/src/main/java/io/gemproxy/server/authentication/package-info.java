/** Who is calling: client tokens verified and issued. */
@NullMarked
package io.gemproxy.server.authentication;

import org.jspecify.annotations.NullMarked;
