/** The whole configuration as one record, loaded strictly, every problem with its place. */
@NullMarked
package io.gemproxy.server.config;

import org.jspecify.annotations.NullMarked;
