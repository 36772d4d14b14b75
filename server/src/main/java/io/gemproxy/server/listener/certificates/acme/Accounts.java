package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.acme.AcmeConfig.ExternalAccount;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Optional;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** Our account with an authority: one key, made once and used ever after. */
final class Accounts {
    private static final System.Logger LOG = System.getLogger(Accounts.class.getName());

    private static final URI UNKNOWN = URI.create("urn:ietf:params:acme:error:accountDoesNotExist");

    private final AccountKey key;
    private final Optional<String> email;
    private final Optional<ExternalAccount> external;

    Accounts(AcmeConfig config, URI directory, SecureRandom random) {
        key = AccountKey.of(config.storage(), directory, random);
        email = config.email();
        boolean first = directory.equals(config.directories().getFirst());
        external = first ? config.externalAccount() : Optional.empty();
    }

    KeyPair keyPair() throws IOException {
        return key.pair();
    }

    /** Finds the account of the key, or opens one; that agrees to the terms of service. */
    Login login(Session session) throws IOException, AcmeException {
        boolean known = key.exists();
        KeyPair pair = key.pair();
        if (known) {
            try {
                return new AccountBuilder().onlyExisting().useKeyPair(pair).createLogin(session);
            } catch (AcmeServerException refused) {
                if (!UNKNOWN.equals(refused.getType())) {
                    throw refused;
                }
            }
        }
        AccountBuilder account = new AccountBuilder().agreeToTermsOfService().useKeyPair(pair);
        email.ifPresent(account::addEmail);
        external.ifPresent(it -> account.withKeyIdentifier(it.kid(), it.hmac().open()));
        Login login = account.createLogin(session);
        LOG.log(
                System.Logger.Level.INFO,
                "acme: opened an account: {0}",
                login.getAccountLocation());
        return login;
    }
}
