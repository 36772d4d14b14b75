package io.gemproxy.server.listener.certificates;

/**
 * A certificate that a port shows.
 *
 * @param files where it is from
 * @param stopgap whether it was made in memory, since what the files hold cannot be served
 * @param certificate itself
 */
public record ServedFile(TlsConfig.Files files, boolean stopgap, ServedCertificate certificate) {}
