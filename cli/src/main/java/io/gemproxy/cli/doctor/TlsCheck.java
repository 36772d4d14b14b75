package io.gemproxy.cli.doctor;

import javax.net.ssl.SSLException;

/** Whether the upstream's certificate is trusted and TLS can be spoken with it. */
final class TlsCheck implements Check {
    @Override
    public String name() {
        return "tls";
    }

    @Override
    public Diagnosis look(Patient patient) {
        return switch (patient.google()) {
            case Contact.Answered(Greeting greeting, _) ->
                    greeting.protocol()
                            .map(protocol -> Diagnosis.ok(name(), protocol + " with the upstream"))
                            .orElseGet(() ->
                                    Diagnosis.skipped(name(), "gemini.base_url has no https"));
            case Contact.Failed(SSLException refused) ->
                    Diagnosis.failed(
                            name(),
                            "fails with the upstream: " + refused.getMessage(),
                            "is there a proxy that opens TLS in between? Then add its authority to"
                                    + " Java's: keytool -importcert -cacerts -file CA.pem; else look"
                                    + " at the clock and at gemini.base_url");
            case Contact.Failed _ -> Diagnosis.skipped(name(), "the upstream is not reached");
        };
    }
}
