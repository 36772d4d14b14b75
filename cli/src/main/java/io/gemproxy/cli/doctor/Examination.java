package io.gemproxy.cli.doctor;

import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.installation.LocalConfig;
import io.gemproxy.server.config.ConfigResult.InvalidConfig;
import io.gemproxy.server.config.ConfigResult.LoadedConfig;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.Purpose;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All checks, one after the other. */
public final class Examination {
    private final Installation installation;
    private final Network network;
    private final InstantSource clock;
    private final List<Check> checks;

    public Examination(Installation installation, InstantSource clock, SecureRandom random) {
        this(installation, new Sockets(), clock, random);
    }

    Examination(
            Installation installation, Network network, InstantSource clock, SecureRandom random) {
        this.installation = installation;
        this.network = network;
        this.clock = clock;
        checks =
                List.of(
                        new KeyTypesCheck(),
                        new ClockCheck(),
                        new DnsCheck(network),
                        new TlsCheck(),
                        new CertificateCheck(clock, random),
                        new PortsCheck(network),
                        new AdminSocketCheck(network),
                        new StateCheck(clock, random),
                        new FileModesCheck(),
                        new UpstreamCheck());
    }

    /**
     * Looks at everything.
     *
     * @param looking is told what is looked at next, which may take seconds
     */
    List<Diagnosis> of(ConfigSource source, Consumer<String> looking) {
        LocalConfig local = installation.read(source);
        List<Diagnosis> found = new ArrayList<>();
        found.add(ConfigCheck.look(local.as(Purpose.SERVE)));
        switch (local.as(Purpose.LOOK)) {
            case LoadedConfig loaded -> {
                URI google = loaded.config().upstream().baseUrl();
                looking.accept("asking " + google + ", 5 s at most");
                Path file = installation.resolve(Path.of(loaded.source()));
                Contact contact = Contact.with(network, google, clock);
                Patient patient = new Patient(loaded.config(), file, contact);
                for (Check check : checks) {
                    looking.accept(check.name());
                    found.add(check.look(patient));
                }
            }
            case InvalidConfig _ ->
                    checks.forEach(check ->
                            found.add(
                                    Diagnosis.skipped(
                                            check.name(), "wants a valid configuration")));
        }
        return List.copyOf(found);
    }
}
