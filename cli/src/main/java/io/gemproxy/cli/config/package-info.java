/** Commands about the configuration. */
@NullMarked
package io.gemproxy.cli.config;

import org.jspecify.annotations.NullMarked;
