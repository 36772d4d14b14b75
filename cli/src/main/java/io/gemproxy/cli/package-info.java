/** The gemproxy cli. */
@org.jspecify.annotations.NullMarked
package io.gemproxy.cli;
