package io.gemproxy.server;

import io.gemproxy.server.listener.certificates.FirstSignature;
import io.gemproxy.server.listener.certificates.TlsConfig;
import io.gemproxy.server.logging.ApplicationLog;
import io.gemproxy.server.metrics.ProcessRegistry;
import io.gemproxy.server.upstream.PlatformTrust;
import io.gemproxy.server.upstream.UpstreamConfig;
import io.gemproxy.server.usage.PricesConfig;
import java.lang.System.Logger.Level;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Mac;

/**
 * What a start needs, made on other threads: whatever the configuration says while the first one
 * reads that, then what it asks for. Whoever needs a part asks for it as ever, and waits if it is
 * being made.
 */
final class Groundwork {
    /** Each list on a thread of its own, in the order in which a start needs it. */
    private static final List<List<Runnable>> PARTS =
            List.of(
                    List.of(ApplicationLog::quieten, ProcessRegistry::get),
                    List.of(PricesConfig::shipped, Groundwork::seals, PersistentState::prepare));

    private Groundwork() {}

    /** Begins; what fails here fails again, and is told, where it is needed. */
    static void begin() {
        PARTS.forEach(Groundwork::make);
    }

    /** Once the configuration is read: what the first handshake needs, if there will be one. */
    static void prepareTls(TlsConfig tls, SecureRandom random) {
        if (tls.enabled()) {
            make(List.of(() -> FirstSignature.make(tls.keyPath(), random)));
        }
    }

    /** Once clients are served: what the first connection to Google needs, if it is over TLS. */
    static void prepareUpstream(UpstreamConfig upstream) {
        if ("https".equals(upstream.baseUrl().getScheme())) {
            make(List.of(Groundwork::trust));
        }
    }

    /** Without them the server serves and nothing reaches Google, so that must be told at once. */
    private static void trust() {
        try {
            PlatformTrust.context();
        } catch (IllegalStateException unusable) {
            System.getLogger(Groundwork.class.getName())
                    .log(Level.ERROR, "no request can reach Google", unusable);
        }
    }

    private static void make(List<Runnable> parts) {
        Thread.ofPlatform()
                .name("groundwork")
                .daemon()
                .uncaughtExceptionHandler((thread, failure) -> {})
                .start(() -> parts.forEach(Runnable::run));
    }

    /** What tokens and the audit log are sealed with; the first asked for loads all providers. */
    private static void seals() {
        try {
            Mac.getInstance("HmacSHA256");
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException(none);
        }
    }
}
