package io.gemproxy.server.listener.certificates;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells of certificates that near their end, of each stage once. Used by one thread. */
public final class ExpiryWatch {
    private final InstantSource clock;
    private final Consumer<ExpiryAlert> told;
    private Map<X509Certificate, ExpiryAlert.Stage> known = Map.of();

    public ExpiryWatch(InstantSource clock, Consumer<ExpiryAlert> told) {
        this.clock = clock;
        this.told = told;
    }

    /** Looks at what the ports serve; two that serve the same have one alert. */
    public void look(Collection<ServerCertificates> ports) {
        Instant now = clock.instant();
        Map<X509Certificate, ExpiryAlert.Stage> next = new HashMap<>();
        List<ServedFile> all = ports.stream().flatMap(it -> it.served().stream()).toList();
        for (ServedFile file : all) {
            ServedCertificate certificate = file.certificate();
            Optional<ExpiryAlert.Stage> stage = ExpiryAlert.stage(certificate, now);
            if (stage.isPresent()
                    && next.put(certificate.leaf(), stage.get()) == null
                    && known.get(certificate.leaf()) != stage.get()) {
                told.accept(
                        new ExpiryAlert(file.files().certPath(), certificate.end(), stage.get()));
            }
        }
        known = next;
    }
}
