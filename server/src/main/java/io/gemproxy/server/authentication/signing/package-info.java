/** The ring of signing secrets: which one signs, which ones still verify, and until when. */
@NullMarked
package io.gemproxy.server.authentication.signing;

import org.jspecify.annotations.NullMarked;
