/** The check of an installation from end to end. */
@NullMarked
package io.gemproxy.cli.doctor;

import org.jspecify.annotations.NullMarked;
