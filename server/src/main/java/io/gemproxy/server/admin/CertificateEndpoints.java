package io.gemproxy.server.admin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /api/certificates}: what is served, and taking what is in the files now, or a new one from
 * the authority.
 */
final class CertificateEndpoints {
    private static final String ALL = "/api/certificates";

    private final CertificateDesk desk;
    private final InstantSource clock;

    CertificateEndpoints(CertificateDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.reading(
                        ALL, Endpoint.Access.ADMIN, _ -> Optional.of(Reply.json(200, list()))),
                Endpoint.acting(
                        ALL + "/renew", "certificates.renew", call -> Optional.of(renew(call))));
    }

    private Map<String, Object> list() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("certificates", desk.all());
        body.put("acme", desk.ordered());
        return body;
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
            if (desk.ordered().isEmpty()) {
                return conflict(
                        "What is in the files cannot be served, and what was served still is: "
                                + unfit.getMessage(),
                        call);
            }
        }
        return switch (desk.order()) {
            case OrderWish.NotOrdered _ -> Reply.json(200, changed(before));
            case OrderWish.Begun _ -> Reply.json(202, changed(before));
            case OrderWish.UnderWay _ -> conflict("A certificate is being ordered already.", call);
            case OrderWish.Held held -> held(held.until(), call);
        };
    }

    private Map<String, Object> changed(List<CertificateStatus> before) {
        List<CertificateStatus> after = desk.all();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("changed", !after.equals(before));
        body.put("certificates", after);
        body.put("acme", desk.ordered());
        return body;
    }

    private Reply held(Instant until, Endpoint.Call call) {
        long seconds = Math.max(1, Duration.between(clock.instant(), until).toSeconds() + 1);
        return Reply.problem(
                Problem.of(
                        Problem.Kind.NOT_NOW,
                        "The authority has found names not to be ours five times in an hour; see"
                                + " last_failure in GET /api/certificates. The next order is possible at "
                                + until
                                + ".",
                        call.id()),
                Map.of("Retry-After", Long.toString(seconds)));
    }

    private static Reply conflict(String detail, Endpoint.Call call) {
        return Reply.problem(Problem.of(Problem.Kind.CONFLICT, detail, call.id()), Map.of());
    }
}
