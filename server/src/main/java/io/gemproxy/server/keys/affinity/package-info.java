/** Where things live: resources and running uploads, each with its project and its owner. */
@NullMarked
package io.gemproxy.server.keys.affinity;

import org.jspecify.annotations.NullMarked;
