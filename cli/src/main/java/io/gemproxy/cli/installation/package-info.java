/** The installation on this machine, as its configuration file describes it. */
@NullMarked
package io.gemproxy.cli.installation;

import org.jspecify.annotations.NullMarked;
