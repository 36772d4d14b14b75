/** x. */
@org.jspecify.annotations.NullMarked
package io.gemproxy.cli;
