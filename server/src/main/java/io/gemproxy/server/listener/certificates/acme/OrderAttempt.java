package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.acme.Authority.Issued;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One attempt to get a certificate, from the first authority that gives one that fits. */
final class OrderAttempt {
    private static final System.Logger LOG = System.getLogger(OrderAttempt.class.getName());

    private final AcmeConfig config;
    private final List<Authority> authorities;
    private final CertificateFiles files;
    private final Renewal.ServedFiles served;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * @param authorities the preferred one first; not empty
     */
    OrderAttempt(
            AcmeConfig config,
            List<Authority> authorities,
            CertificateFiles files,
            Renewal.ServedFiles served,
            InstantSource clock,
            SecureRandom random) {
        this.config = config;
        this.authorities = authorities;
        this.files = files;
        this.served = served;
        this.clock = clock;
        this.random = random;
    }

    /** How it ended. */
    sealed interface Result {
        /** It is stored and served. */
        record Obtained(X509Certificate leaf, URI directory) implements Result {}

        /**
         * There is none.
         *
         * @param directory of the authority that was asked last
         */
        record Failed(AcmeFailure why, URI directory) implements Result {}
    }

    /**
     * @param held the right to order
     * @param issuer of the present certificate, if it is one of these
     */
    Result order(OrderLock.Held held, Optional<Authority> issuer) throws InterruptedException {
        for (Authority authority : authorities) {
            try {
                storable();
                X509Certificate leaf = orderFrom(authority, held, issuer);
                return new Result.Obtained(leaf, authority.directory());
            } catch (AcmeFailure why) {
                boolean last = authority.equals(authorities.getLast());
                if (last || !why.kind().mayWorkElsewhere()) {
                    return new Result.Failed(why, authority.directory());
                }
                LOG.log(
                        Level.WARNING,
                        "acme: {0} gives no certificate ({1}: {2}); trying the next directory",
                        authority.directory(),
                        why.kind().word(),
                        why.said());
            }
        }
        throw new IllegalStateException("no authority");
    }

    private X509Certificate orderFrom(
            Authority authority, OrderLock.Held held, Optional<Authority> issuer)
            throws AcmeFailure, InterruptedException {
        Optional<X509Certificate> replaced =
                files.leaf().filter(_ -> issuer.filter(authority::equals).isPresent());
        KeyPair pair = config.keyAlgorithm().generate(random);
        Issued issued = authority.order(pair, replaced, held::extend);
        CertificateCheck.fits(issued.chain(), pair.getPublic(), config.domains(), clock.instant());
        held.extend();
        try {
            files.store(issued);
            served.reload();
        } catch (IOException unwritable) {
            throw unstorable(unwritable);
        }
        return issued.leaf();
    }

    private void storable() throws AcmeFailure {
        try {
            files.mustBeWritable();
        } catch (IOException unwritable) {
            throw unstorable(unwritable);
        }
    }

    private static AcmeFailure unstorable(IOException why) {
        return new AcmeFailure(
                AcmeFailure.Kind.STORAGE, "the certificate cannot be stored: " + why, why);
    }
}
