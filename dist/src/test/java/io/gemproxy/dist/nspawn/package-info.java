/** A machine with a systemd of its own, for tests of what runs under one. */
@NullMarked
package io.gemproxy.dist.nspawn;

import org.jspecify.annotations.NullMarked;
