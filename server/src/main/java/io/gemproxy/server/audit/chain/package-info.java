/** What ties the records of the audit log together, so that a change to any of them shows. */
@NullMarked
package io.gemproxy.server.audit.chain;

import org.jspecify.annotations.NullMarked;
