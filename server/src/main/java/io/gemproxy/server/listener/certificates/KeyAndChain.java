package io.gemproxy.server.listener.certificates;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param chain own certificate first
 */
record KeyAndChain(PrivateKey key, List<X509Certificate> chain) {
    @Override
    public String toString() {
        return "KeyAndChain[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
