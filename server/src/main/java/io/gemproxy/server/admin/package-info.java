/** What the admin port answers: health, metrics, performance, errors, status, keys. */
@NullMarked
package io.gemproxy.server.admin;

import org.jspecify.annotations.NullMarked;
