package io.gemproxy.server.listener.certificates;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A server's end of a connection. While a challenge is offered it takes {@code acme-tls/1} too,
 * from a client that offers nothing else we speak, and ends such a connection as soon as its
 * handshake is over (RFC 8737, section 3).
 */
final class ServerEngine extends SSLEngine {
    /** In order of preference: who offers both wants to speak HTTP. */
    private static final String[] PROTOCOLS = {"http/1.1", AlpnChallenges.PROTOCOL};

    private final SSLEngine engine;
    private final boolean challenged;

    ServerEngine(SSLEngine engine, boolean challenged) {
        super(engine.getPeerHost(), engine.getPeerPort());
        this.engine = engine;
        this.challenged = challenged;
    }

    /**
     * While a challenge is offered, a list of protocols takes the place of the selector, which
     * would be asked only after TLS 1.2 has chosen the certificate.
     */
    @Override
    public void setHandshakeApplicationProtocolSelector(
            BiFunction<SSLEngine, List<String>, String> selector) {
        if (!challenged) {
            engine.setHandshakeApplicationProtocolSelector(selector);
            return;
        }
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(PROTOCOLS);
        engine.setSSLParameters(parameters);
    }

    /**
     * Takes protocols and suites, whose order is ours to choose, and not how it would identify a
     * client: Helidon names the empty algorithm, a ticket remembers none, and so Java would resume
     * no session at all.
     */
    @Override
    public void setSSLParameters(SSLParameters parameters) {
        SSLParameters own = engine.getSSLParameters();
        own.setProtocols(parameters.getProtocols());
        own.setCipherSuites(parameters.getCipherSuites());
        own.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(own);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
            throws SSLException {
        return ended(engine.wrap(from, offset, length, to));
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
            throws SSLException {
        return ended(engine.unwrap(from, to, offset, length));
    }

    private SSLEngineResult ended(SSLEngineResult result) {
        if (result.getHandshakeStatus() != HandshakeStatus.FINISHED
                || !AlpnChallenges.PROTOCOL.equals(engine.getApplicationProtocol())) {
            return result;
        }
        engine.closeOutbound();
        return new SSLEngineResult(
                SSLEngineResult.Status.CLOSED,
                HandshakeStatus.NOT_HANDSHAKING,
                result.bytesConsumed(),
                result.bytesProduced());
    }

    @Override
    public String getApplicationProtocol() {
        return engine.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return engine.getHandshakeApplicationProtocol();
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return engine.getDelegatedTask();
    }

    @Override
    public void closeInbound() throws SSLException {
        engine.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return engine.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        engine.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return engine.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return engine.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return engine.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        engine.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return engine.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return engine.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        engine.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return engine.getSession();
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        return engine.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
        engine.beginHandshake();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return engine.getHandshakeStatus();
    }

    @Override
    public void setUseClientMode(boolean client) {
        engine.setUseClientMode(client);
    }

    @Override
    public boolean getUseClientMode() {
        return engine.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        engine.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return engine.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        engine.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return engine.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean enabled) {
        engine.setEnableSessionCreation(enabled);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return engine.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return engine.getSSLParameters();
    }
}
