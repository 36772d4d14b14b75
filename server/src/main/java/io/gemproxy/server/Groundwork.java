package io.gemproxy.server;

import io.gemproxy.server.logging.ApplicationLog;
import io.gemproxy.server.metrics.ProcessRegistry;
import io.gemproxy.server.usage.PricesConfig;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.crypto.Mac;
import javax.net.ssl.SSLContext;

/**
 * What every start needs whatever its configuration says, made on other threads while the first one
 * reads that. Whoever needs a part asks for it as ever, and waits if it is being made.
 */
final class Groundwork {
    /** Each list on a thread of its own, in the order in which a start needs it. */
    private static final List<List<Runnable>> PARTS =
            List.of(
                    List.of(ApplicationLog::quieten, ProcessRegistry::get, Groundwork::trust),
                    List.of(PricesConfig::shipped, Groundwork::seals, PersistentState::prepare));

    private Groundwork() {}

    /** Begins; what fails here fails again, and is told, where it is needed. */
    static void begin() {
        for (List<Runnable> parts : PARTS) {
            Thread.ofPlatform()
                    .name("groundwork")
                    .daemon()
                    .uncaughtExceptionHandler((thread, failure) -> {})
                    .start(() -> parts.forEach(Runnable::run));
        }
    }

    /** What tokens and the audit log are sealed with; the first asked for loads all providers. */
    private static void seals() {
        try {
            Mac.getInstance("HmacSHA256");
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException(none);
        }
    }

    /** The certificate authorities of the platform, some 150 of them. */
    private static void trust() {
        try {
            SSLContext.getDefault();
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException(none);
        }
    }
}
