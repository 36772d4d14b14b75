package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.RequestId;
import java.util.List;

/**
 * A problem (RFC 9457) with a configuration, with all that is wrong with it.
 *
 * @param findings at least one error among them
 */
record ConfigProblem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String requestId,
        List<FindingReport> findings) {
    static ConfigProblem of(
            Problem.Kind kind, String detail, List<FindingReport> findings, RequestId id) {
        Problem problem = Problem.of(kind, detail, id);
        return new ConfigProblem(
                problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                problem.instance(),
                problem.requestId(),
                findings);
    }
}
