package io.gemproxy.server.listener;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import java.nio.charset.StandardCharsets;

/** The one answer a connection gets before it is closed for what it sent. */
final class WireAnswers {
    private WireAnswers() {}

    static void refuse(ConnectionContext context, WireViolationException violation) {
        byte[] body = body(violation);
        String head =
                "HTTP/1.1 "
                        + violation.status()
                        + " "
                        + phrase(violation.status())
                        + "\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Content-Length: "
                        + body.length
                        + "\r\n"
                        + "Connection: close\r\n\r\n";
        byte[] answer = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, answer, 0, head.length());
        System.arraycopy(body, 0, answer, head.length(), body.length);
        try {
            context.dataWriter().writeNow(BufferData.create(answer));
            context.dataWriter().flush();
        } catch (RuntimeException alreadyGone) {
            // nobody is left to be told
        }
    }

    /** The messages are our own and need no escaping. */
    private static byte[] body(WireViolationException violation) {
        String json =
                "{\"error\":{\"code\":"
                        + violation.status()
                        + ",\"message\":\""
                        + violation.getMessage()
                        + " (gemproxy)\",\"status\":\""
                        + rpcStatus(violation.status())
                        + "\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
                        + "\"reason\":\"HTTP_MALFORMED\",\"domain\":\"gemproxy\",\"metadata\":{}}]}}\n";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String rpcStatus(int status) {
        return status == 501 || status == 505 ? "UNIMPLEMENTED" : "INVALID_ARGUMENT";
    }

    private static String phrase(int status) {
        return switch (status) {
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 417 -> "Expectation Failed";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 505 -> "HTTP Version Not Supported";
            default -> "Bad Request";
        };
    }
}
