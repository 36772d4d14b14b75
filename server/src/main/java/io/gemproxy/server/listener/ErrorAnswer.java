package io.gemproxy.server.listener;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.Dialect;
import java.nio.charset.StandardCharsets;

/** The body of a refusal by the listener, in the shape the SDK at the other end parses. */
final class ErrorAnswer {
    private ErrorAnswer() {}

    static byte[] body(Dialect dialect, Rejection no) {
        return body(dialect, no.status(), no.rpcStatus(), no.reason(), no.message());
    }

    static byte[] body(Dialect dialect, int code, String rpc, String reason, String message) {
        String text =
                switch (dialect) {
                    case NATIVE ->
                            ("{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\","
                                            + "\"details\":[{\"@type\":"
                                            + "\"type.googleapis.com/google.rpc.ErrorInfo\","
                                            + "\"reason\":\"%s\",\"domain\":\"gemproxy\"}]}}")
                                    .formatted(code, quote(message), rpc, reason);
                    case OPENAI ->
                            ("{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,"
                                            + "\"code\":\"%s\",\"status\":\"%s\"}}")
                                    .formatted(quote(message), openAiType(code), reason, rpc);
                };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] body(Dialect dialect, WireFault fault) {
        return body(dialect, fault.status(), fault.rpcStatus(), fault.name(), fault.message());
    }

    /**
     * A whole answer, for requests that never reach the parser.
     *
     * @param bodyless for HEAD: only the length of the body is told
     */
    static byte[] raw(
            WireFault fault, RequestId id, RefusalShape shape, byte[] body, boolean bodyless) {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ")
                .append(fault.status())
                .append(' ')
                .append(phrase(fault.status()))
                .append("\r\n");
        field(head, "Content-Type", shape.contentType());
        field(head, "Content-Length", Integer.toString(body.length));
        field(head, "x-request-id", id.value());
        shape.headers().forEach((name, value) -> field(head, name, value));
        field(head, "Connection", "close");
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        if (bodyless) {
            return start;
        }
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static String phrase(int status) {
        return io.helidon.http.Status.create(status).reasonPhrase();
    }

    private static String quote(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static String openAiType(int status) {
        return status >= 500 ? "server_error" : "invalid_request_error";
    }
}
