package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole answer of the admin port, before it is sent. */
final class Reply {
    private static final String JSON = "application/json";

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> headers;
    private final Map<String, String> notes;
    private final Runnable afterwards;

    private Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, Map.of(), () -> {});
    }

    private Reply(
            int status,
            String contentType,
            byte[] body,
            Map<String, String> headers,
            Map<String, String> notes,
            Runnable afterwards) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = headers;
        this.notes = notes;
        this.afterwards = afterwards;
    }

    static Reply json(int status, Object body) {
        return new Reply(status, JSON, Json.bytes(body), Map.of());
    }

    static Reply text(String contentType, String body) {
        return new Reply(200, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Reply problem(Problem problem, Map<String, String> headers) {
        return new Reply(
                problem.status(), "application/problem+json", Json.bytes(problem), headers);
    }

    /** A problem with members of its own. */
    static Reply problem(int status, Map<String, Object> members) {
        return new Reply(status, "application/problem+json", Json.bytes(members), Map.of());
    }

    /** Without a body. */
    static Reply empty(int status, Map<String, String> headers) {
        return new Reply(status, "", new byte[0], headers);
    }

    /** The thing that was named is not there. */
    static Reply missing(String detail, RequestId id) {
        return problem(Problem.of(Problem.Kind.NOT_FOUND, detail, id), Map.of());
    }

    /** A configuration is refused. */
    static Reply refusedConfig(
            Problem.Kind kind, String detail, List<FindingReport> findings, RequestId id) {
        ConfigProblem problem = ConfigProblem.of(kind, detail, findings, id);
        return new Reply(
                problem.status(), "application/problem+json", Json.bytes(problem), Map.of());
    }

    /** The same with further headers. */
    Reply with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Reply(status, contentType, body, Map.copyOf(all), notes, afterwards);
    }

    /** The same with details for the audit record of what was done. */
    Reply noting(Map<String, String> details) {
        return new Reply(status, contentType, body, headers, Map.copyOf(details), afterwards);
    }

    /** Details for the audit record. */
    Map<String, String> notes() {
        return notes;
    }

    /** The same, and something that happens when it has left. */
    Reply afterwards(Runnable next) {
        return new Reply(status, contentType, body, headers, notes, next);
    }

    Runnable afterwards() {
        return afterwards;
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    byte[] body() {
        return Arrays.copyOf(body, body.length);
    }

    Map<String, String> headers() {
        return headers;
    }
}
