package io.gemproxy.server.listener;

/** Why bytes of a client are refused before anybody looks at the request; the connection ends. */
enum WireFault {
    REQUEST_LINE_INVALID(400, "INVALID_ARGUMENT", "The request line is not valid HTTP/1.1."),
    TARGET_INVALID(
            400, "INVALID_ARGUMENT", "The request target must be a plain path with a query."),
    VERSION_UNSUPPORTED(
            505,
            "INVALID_ARGUMENT",
            "Only HTTP/1.1 is spoken here (nginx: proxy_http_version 1.1)."),
    METHOD_UNSUPPORTED(501, "UNIMPLEMENTED", "This method is not supported."),
    TARGET_TOO_LONG(414, "INVALID_ARGUMENT", "The request target is too long."),
    HEADERS_TOO_LARGE(431, "INVALID_ARGUMENT", "The request headers are too large or too many."),
    LINE_END_INVALID(400, "INVALID_ARGUMENT", "Lines must end with CR LF."),
    HEADER_INVALID(400, "INVALID_ARGUMENT", "A request header is not valid."),
    HOST_INVALID(400, "INVALID_ARGUMENT", "Exactly one valid Host header is needed."),
    LENGTH_INVALID(400, "INVALID_ARGUMENT", "Content-Length must be one plain number."),
    TRANSFER_CODING_UNSUPPORTED(
            501, "UNIMPLEMENTED", "The only transfer coding spoken here is chunked."),
    FRAMING_AMBIGUOUS(
            400,
            "INVALID_ARGUMENT",
            "Content-Length and Transfer-Encoding must not be used together."),
    EXPECTATION_UNSUPPORTED(
            417, "INVALID_ARGUMENT", "The only expectation met here is 100-continue."),
    CHUNK_INVALID(400, "INVALID_ARGUMENT", "The chunked request body is not valid."),
    BODY_TOO_LARGE(413, "INVALID_ARGUMENT", "The request body is larger than this proxy accepts.");

    private final int status;
    private final String rpcStatus;
    private final String message;

    WireFault(int status, String rpcStatus, String message) {
        this.status = status;
        this.rpcStatus = rpcStatus;
        this.message = message;
    }

    /** HTTP status. */
    int status() {
        return status;
    }

    /** Google's RPC status word. */
    String rpcStatus() {
        return rpcStatus;
    }

    /** A sentence for the developer at the other end. */
    String message() {
        return message;
    }
}
