/** The pool of Gemini API keys: which one serves next, which ones rest and until when. */
@NullMarked
package io.gemproxy.server.keys;

import org.jspecify.annotations.NullMarked;
