/** Changes the text of a configuration as a careful person would: only what differs. */
@NullMarked
package io.gemproxy.server.config.edit;

import org.jspecify.annotations.NullMarked;
