/** Certificates by ACME (RFC 8555): ordered, checked, stored, renewed in time. */
@NullMarked
package io.gemproxy.server.listener.certificates.acme;

import org.jspecify.annotations.NullMarked;
