package io.gemproxy.server.listener.certificates;

/** Certificates that are ready to be served. */
public final class NextCertificate {
    private final CertificateSet next;
    private final SwappableKeys keys;
    private final Runnable served;

    /**
     * @param served is told once they are
     */
    NextCertificate(CertificateSet next, SwappableKeys keys, Runnable served) {
        this.next = next;
        this.keys = keys;
        this.served = served;
    }

    /** Whether they are others than those that are served. */
    public boolean changed() {
        return !keys.current().showsTheSameAs(next);
    }

    /** Serves them from the next handshake on; those under way end with what they began with. */
    public void serve() {
        keys.serve(next);
        served.run();
    }
}
