package io.gemproxy.server.listener.certificates;

/** A certificate that is ready to be served. */
public final class NextCertificate {
    private final ServedCertificate next;
    private final SwappableKeys keys;
    private final Runnable served;

    /**
     * @param served is told once it is
     */
    NextCertificate(ServedCertificate next, SwappableKeys keys, Runnable served) {
        this.next = next;
        this.keys = keys;
        this.served = served;
    }

    /** Whether it is another one than the one that is served. */
    public boolean changed() {
        return !keys.current().chain().equals(next.chain());
    }

    /** Serves it from the next handshake on; those under way end with the one they began with. */
    public void serve() {
        if (changed()) {
            keys.serve(next);
        }
        served.run();
    }
}
