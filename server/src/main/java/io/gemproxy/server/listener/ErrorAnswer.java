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
    static byte[] raw(WireFault fault, RequestId id, byte[] body, boolean bodyless) {
        String head =
                ("HTTP/1.1 %d %s\r\n"
                                + "Content-Type: application/json\r\n"
                                + "Content-Length: %d\r\n"
                                + "x-request-id: %s\r\n"
                                + "Connection: close\r\n\r\n")
                        .formatted(fault.status(), phrase(fault.status()), body.length, id.value());
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        if (bodyless) {
            return start;
        }
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
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
