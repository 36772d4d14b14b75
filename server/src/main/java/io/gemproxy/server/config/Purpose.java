package io.gemproxy.server.config;

/** What a configuration is loaded for, and so which of its errors matter. */
public enum Purpose {
    /** To run the server: everything matters. */
    SERVE {
        @Override
        public boolean needs(String key) {
            return true;
        }
    },
    /**
     * To work beside a server: mint a token, find the admin port, read the audit log. The pooled
     * keys are not needed, which the server may have from an environment this process has not, nor
     * is its certificate.
     */
    OPERATE {
        @Override
        public boolean needs(String key) {
            return !key.startsWith(KeySettings.KEYS)
                    && !key.startsWith(TlsSettings.CERTIFICATES)
                    && !key.endsWith(".tls.cert_path")
                    && !key.endsWith(".tls.key_path");
        }
    };

    /**
     * Whether an error at this setting stands in the way.
     *
     * @param key the path of a finding; empty for the whole file
     */
    public abstract boolean needs(String key);
}
