package io.gemproxy.server.config;

import java.util.Set;

/** What a configuration is loaded for, and so which of its errors matter. */
@FunctionalInterface
public interface Purpose {
    /** To run the server: everything matters. */
    Purpose SERVE = _ -> true;

    /**
     * To work beside a server. The pooled keys are not needed, which the server may have from an
     * environment this process has not, nor is its certificate.
     */
    Purpose OPERATE =
            key ->
                    !key.startsWith(KeySettings.KEYS)
                            && !key.startsWith(TlsSettings.CERTIFICATES)
                            && !key.endsWith(".tls.cert_path")
                            && !key.endsWith(".tls.key_path");

    /** The same to mint and judge tokens, which no audit log is needed for. */
    Purpose TRUST = key -> OPERATE.needs(key) && !key.equals("audit.chain_key_file");

    /**
     * To look at a configuration, whatever is wrong with its secrets, which the service may have
     * from where this process may not look. They have no meaning then.
     */
    Purpose LOOK = key -> TRUST.needs(key) && !Settings.isOfSecret(key);

    /**
     * Whether an error at this setting stands in the way.
     *
     * @param key the path of a finding; empty for the whole file
     */
    boolean needs(String key);

    /**
     * To look up these settings and no others, which have no meaning then: most of all no secret,
     * nor what refers to an environment this process has not. A name that is no setting's still
     * matters wherever it stands, since it may be one of these misspelt.
     *
     * @param paths of settings that are in no list
     */
    static Purpose lookUp(Set<String> paths) {
        return key ->
                OPERATE.needs(key)
                        && (key.isEmpty()
                                || paths.contains(key)
                                || paths.stream().anyMatch(path -> path.startsWith(key + "."))
                                || !Settings.isKnown(key));
    }
}
