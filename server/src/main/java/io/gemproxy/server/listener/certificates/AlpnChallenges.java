package io.gemproxy.server.listener.certificates;

import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What a handshake is shown that offers exactly {@code acme-tls/1} (RFC 8737), by the name it asks
 * for. Beyond {@value #MOST} the oldest one goes.
 */
public final class AlpnChallenges {
    /** The application protocol of such a handshake. */
    public static final String PROTOCOL = "acme-tls/1";

    /** More than an order has names; a certificate has at most a hundred. */
    static final int MOST = 256;

    private final LinkedHashMap<String, ServedCertificate> offered = new LinkedHashMap<>();

    /**
     * Shows it from the next handshake on.
     *
     * @param host as the server name indication has it: a DNS name, or an address in its reverse
     *     form (RFC 8738); case and a trailing dot do not matter
     */
    public void offer(String host, ServedCertificate certificate) {
        synchronized (offered) {
            offered.remove(CertificateHosts.plain(host));
            offered.put(CertificateHosts.plain(host), certificate);
            if (offered.size() > MOST) {
                offered.pollFirstEntry();
            }
        }
    }

    /** Shows it no more. */
    public void withdraw(String host) {
        synchronized (offered) {
            offered.remove(CertificateHosts.plain(host));
        }
    }

    /** The certificate offered for this name. */
    public Optional<ServedCertificate> answer(String host) {
        synchronized (offered) {
            return Optional.ofNullable(offered.get(CertificateHosts.plain(host)));
        }
    }

    /** Whether anything is offered now. */
    boolean any() {
        synchronized (offered) {
            return !offered.isEmpty();
        }
    }
}
