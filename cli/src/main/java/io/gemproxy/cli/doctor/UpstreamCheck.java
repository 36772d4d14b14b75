package io.gemproxy.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Whether the upstream answers; asked without a key, so that no quota is spent. */
final class UpstreamCheck implements Check {
    private static final int FIRST_SERVER_ERROR = 500;

    @Override
    public String name() {
        return "upstream";
    }

    @Override
    public Diagnosis look(Patient patient) {
        URI server = patient.config().upstream().baseUrl();
        return switch (patient.google()) {
            case Contact.Answered(Greeting greeting, _) -> answered(server, greeting.status());
            case Contact.Failed(IOException cause) ->
                    Diagnosis.failed(
                            name(),
                            server + " cannot be reached: " + reason(cause),
                            "let this machine out to it (firewall, routes), and try: curl -sv "
                                    + server);
        };
    }

    private Diagnosis answered(URI server, int status) {
        return status >= FIRST_SERVER_ERROR
                ? Diagnosis.warning(
                        name(),
                        server + " answers " + status,
                        "try again; see https://aistudio.google.com/status")
                : Diagnosis.ok(name(), server + " answers");
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case UnknownHostException _ -> "it has no address";
            case SSLException _ -> "TLS fails";
            default -> String.valueOf(cause.getMessage());
        };
    }
}
