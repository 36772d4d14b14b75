package io.gemproxy.server.admin;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Runs the health checks and says what they found, in the bodies the contract promises. */
final class HealthAnswers {
    private final List<HealthCheck> checks;
    private final AdminSources sources;

    HealthAnswers(AdminSources sources) {
        this.sources = sources;
        checks =
                Stream.concat(
                                sources.liveness().stream(),
                                Stream.of(
                                        new UsableKeyCheck(sources.anyKeyUsable(), sources.keys()),
                                        new AuditCheck(sources.auditing()),
                                        new DrainCheck(sources.status())))
                        .toList();
    }

    /** One line for people and load balancers. */
    Answer summary() {
        ServerStatus status = sources.status().get();
        List<Check> found = run(_ -> true);
        return answer(
                found,
                new Summary(
                        word(found),
                        status.version(),
                        status.uptime().toSeconds(),
                        status.draining(),
                        sources.keys().get().size()));
    }

    Answer live() {
        return checked(check -> check.type() == HealthCheckType.LIVENESS);
    }

    Answer ready() {
        return checked(check -> check.type() == HealthCheckType.READINESS);
    }

    Answer detailed() {
        List<Check> found = run(_ -> true);
        return answer(
                found,
                new Detailed(
                        word(found),
                        found,
                        sources.keys().get().stream().map(KeyJson::of).toList(),
                        StatusJson.of(sources.status().get())));
    }

    private Answer checked(Predicate<HealthCheck> which) {
        List<Check> found = run(which);
        return answer(found, new Checked(word(found), found));
    }

    private List<Check> run(Predicate<HealthCheck> which) {
        return checks.stream().filter(which).map(HealthAnswers::run).toList();
    }

    /** A check that throws found its subject broken, and must not break the answer. */
    private static Check run(HealthCheck check) {
        try {
            HealthCheckResponse response = check.call();
            return new Check(check.name(), response.status().name(), response.details());
        } catch (RuntimeException e) {
            return new Check(
                    check.name(),
                    HealthCheckResponse.Status.ERROR.name(),
                    Map.of("error", e.getClass().getSimpleName()));
        }
    }

    private static Answer answer(List<Check> found, Object body) {
        return new Answer(up(found) ? 200 : 503, body);
    }

    private static String word(List<Check> found) {
        return up(found) ? "UP" : "DOWN";
    }

    private static boolean up(List<Check> found) {
        return found.stream().allMatch(check -> check.status().equals("UP"));
    }

    /** A status with the body that explains it. */
    record Answer(int status, Object body) {}

    /** What one check found. */
    record Check(String name, String status, Map<String, Object> details) {}

    /** Body of {@code /health}. */
    record Summary(
            String status, String version, long uptimeSeconds, boolean draining, int keysTotal) {}

    /** Body of {@code /health/live} and {@code /health/ready}. */
    record Checked(String status, List<Check> checks) {}

    /** Body of {@code /health/detailed}. */
    record Detailed(String status, List<Check> checks, List<KeyJson> keys, StatusJson server) {}
}
