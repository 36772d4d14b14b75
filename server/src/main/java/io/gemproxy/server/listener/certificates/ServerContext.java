package io.gemproxy.server.listener.certificates;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context whose engines resume sessions, and answer challenges of {@code acme-tls/1} while some
 * are offered. The web server sets up each engine itself, so there is no other place for that.
 */
final class ServerContext extends SSLContext {
    /**
     * @param challenged whether a challenge is offered now
     */
    ServerContext(SSLContext usual, BooleanSupplier challenged) {
        super(new Spi(usual, challenged), usual.getProvider(), usual.getProtocol());
    }

    private static final class Spi extends SSLContextSpi {
        private final SSLContext usual;
        private final BooleanSupplier challenged;

        Spi(SSLContext usual, BooleanSupplier challenged) {
            this.usual = usual;
            this.challenged = challenged;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return ours(usual.createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return ours(usual.createSSLEngine(host, port));
        }

        private SSLEngine ours(SSLEngine engine) {
            return new ServerEngine(engine, challenged.getAsBoolean());
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys,
                TrustManager @Nullable [] trust,
                @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it is initialised");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return usual.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return usual.getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return usual.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return usual.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return usual.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return usual.getSupportedSSLParameters();
        }
    }
}
