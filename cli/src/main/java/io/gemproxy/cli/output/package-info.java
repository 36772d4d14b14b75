/** What people and programs see: tables, JSON, messages, exit codes. */
@NullMarked
package io.gemproxy.cli.output;

import org.jspecify.annotations.NullMarked;
