package io.gemproxy.server.listener;

import io.gemproxy.server.admin.WireProblem;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The refusals of the admin port, which are problem documents (RFC 9457) as all its errors are. */
record ProblemRefusals() implements RefusalShape {
    @Override
    public String contentType() {
        return WireProblem.CONTENT_TYPE;
    }

    @Override
    public Map<String, String> headers() {
        return WireProblem.headers();
    }

    @Override
    public byte[] body(Optional<RequestLine> line, WireFault fault, RequestId id) {
        return WireProblem.body(
                fault.status(), fault.name(), words(fault.name()), fault.message(), id);
    }

    @Override
    public byte[] body(Rejection no, RequestId id) {
        return WireProblem.body(no.status(), no.reason(), words(no.reason()), no.message(), id);
    }

    @Override
    public byte[] body(int status, String phrase, RequestId id) {
        return WireProblem.body(status, "HTTP_" + status, phrase, phrase, id);
    }

    /** A code as a title: {@code Headers too large}. */
    private static String words(String code) {
        String lower = code.substring(1).replace('_', ' ').toLowerCase(Locale.ROOT);
        return code.charAt(0) + lower;
    }
}
