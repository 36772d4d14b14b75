package io.gemproxy.cli.doctor;

import java.net.UnknownHostException;

/** Whether the upstream's name has an address. */
final class DnsCheck implements Check {
    private final Network network;

    DnsCheck(Network network) {
        this.network = network;
    }

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public Diagnosis look(Patient patient) {
        String host = patient.config().upstream().baseUrl().getHost();
        try {
            int addresses = network.addresses(host);
            String noun = addresses == 1 ? " address" : " addresses";
            return Diagnosis.ok(name(), host + " has " + addresses + noun);
        } catch (UnknownHostException unknown) {
            return Diagnosis.failed(
                    name(),
                    host + " has no address",
                    "look at gemini.base_url, /etc/resolv.conf and: getent hosts " + host);
        }
    }
}
