package io.gemproxy.server.listener.certificates.acme;

import java.net.URI;
import java.net.URL;
import java.security.KeyPair;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.toolbox.JSONBuilder;

/**
 * A connection that takes each refusal of a nonce as the invitation it is (RFC 8555, section 6.5):
 * the library's ten attempts are too few for an authority that loses nine nonces of ten.
 */
final class PatientConnection extends DefaultConnection {
    private static final URI BAD_NONCE = URI.create("urn:ietf:params:acme:error:badNonce");

    /** Of ten attempts each. */
    private static final int ROUNDS = 12;

    PatientConnection(HttpConnector connector) {
        super(connector);
    }

    @Override
    protected int sendSignedRequest(
            URL url,
            @Nullable JSONBuilder claims,
            Session session,
            KeyPair pair,
            @Nullable URL account,
            String accept)
            throws AcmeException {
        for (int round = 1; round < ROUNDS; round++) {
            try {
                return super.sendSignedRequest(url, claims, session, pair, account, accept);
            } catch (AcmeServerException refused) {
                if (!BAD_NONCE.equals(refused.getType())) {
                    throw refused;
                }
                close();
            }
        }
        return super.sendSignedRequest(url, claims, session, pair, account, accept);
    }
}
