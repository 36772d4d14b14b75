package io.gemproxy.server.admin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/certificates}: what is served, and taking what is in the files now. */
final class CertificateEndpoints {
    private static final String ALL = "/api/certificates";

    private final CertificateDesk desk;

    CertificateEndpoints(CertificateDesk desk) {
        this.desk = desk;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.reading(
                        ALL, Endpoint.Access.ADMIN, _ -> Optional.of(Reply.json(200, list()))),
                Endpoint.acting(
                        ALL + "/renew", "certificates.renew", call -> Optional.of(renew(call))));
    }

    private Map<String, Object> list() {
        return Map.of("certificates", desk.all());
    }

    private Reply renew(Endpoint.Call call) {
        List<CertificateStatus> before = desk.all();
        if (before.isEmpty()) {
            return conflict(
                    "TLS is off (server.tls.enabled, admin.tls.enabled), so there is no certificate.",
                    call);
        }
        try {
            desk.renew();
        } catch (IOException unfit) {
            return conflict(
                    "What is in the files cannot be served, and what was served still is: "
                            + unfit.getMessage(),
                    call);
        }
        List<CertificateStatus> after = desk.all();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("changed", !after.equals(before));
        body.put("certificates", after);
        return Reply.json(200, body);
    }

    private static Reply conflict(String detail, Endpoint.Call call) {
        return Reply.problem(Problem.of(Problem.Kind.CONFLICT, detail, call.id()), Map.of());
    }
}
