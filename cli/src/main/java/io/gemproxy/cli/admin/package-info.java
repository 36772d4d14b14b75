/** The admin port as a client sees it. */
@NullMarked
package io.gemproxy.cli.admin;

import org.jspecify.annotations.NullMarked;
