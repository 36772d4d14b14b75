package io.gemproxy.server.exchange;

import java.time.Duration;
import java.util.Optional;

/**
 * The request is over because the proxy itself says no; each kind knows its HTTP and RPC status.
 */
public sealed interface Rejection {
    /** HTTP status. */
    int status();

    /** Google's RPC status word. */
    String rpcStatus();

    /** The stable reason code of ErrorInfo, also written to audit and metrics. */
    String reason();

    /** A sentence for the developer at the other end; carries no secret. */
    String message();

    /** The earliest moment from now on at which a retry can work, if that is known. */
    default Optional<Duration> retryIn() {
        return Optional.empty();
    }

    /** No credential, or one that does not hold. All look the same from outside. */
    record Unauthenticated(String detail) implements Rejection {
        @Override
        public int status() {
            return 401;
        }

        @Override
        public String rpcStatus() {
            return "UNAUTHENTICATED";
        }

        @Override
        public String reason() {
            return "CREDENTIAL_INVALID";
        }

        @Override
        public String message() {
            return "No valid gemproxy token. Put the token where your SDK expects the API key "
                    + "(x-goog-api-key, Authorization: Bearer, or ?key=).";
        }
    }

    /** The client is known but may not do this. */
    record Forbidden(String reason, String message) implements Rejection {
        @Override
        public int status() {
            return 403;
        }

        @Override
        public String rpcStatus() {
            return "PERMISSION_DENIED";
        }
    }

    /** Not a path of the Gemini API, or an upload nobody knows. */
    record NotFound(String reason, String message) implements Rejection {
        @Override
        public int status() {
            return 404;
        }

        @Override
        public String rpcStatus() {
            return "NOT_FOUND";
        }
    }

    /** The path is known, the method is not one of its own. */
    record WrongMethod(String allowed) implements Rejection {
        @Override
        public int status() {
            return 405;
        }

        @Override
        public String rpcStatus() {
            return "INVALID_ARGUMENT";
        }

        @Override
        public String reason() {
            return "METHOD_NOT_ALLOWED";
        }

        @Override
        public String message() {
            return "This path answers only " + allowed + ".";
        }
    }

    /** A request that cannot be understood or must not be forwarded. */
    record Invalid(String reason, String message) implements Rejection {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String rpcStatus() {
            return "INVALID_ARGUMENT";
        }
    }

    /** The body is larger than the limit. */
    record TooLarge(long limitBytes) implements Rejection {
        @Override
        public int status() {
            return 413;
        }

        @Override
        public String rpcStatus() {
            return "INVALID_ARGUMENT";
        }

        @Override
        public String reason() {
            return "BODY_TOO_LARGE";
        }

        @Override
        public String message() {
            return "The request body is larger than the "
                    + limitBytes
                    + " bytes this proxy accepts (server.max_request_body_bytes); upload the file instead.";
        }
    }

    /** The body comes so slowly that it would hold its connection for ever. */
    record TooSlow(long bytesPerSecond) implements Rejection {
        @Override
        public int status() {
            return 408;
        }

        @Override
        public String rpcStatus() {
            return "DEADLINE_EXCEEDED";
        }

        @Override
        public String reason() {
            return "BODY_TOO_SLOW";
        }

        @Override
        public String message() {
            return "The request body comes with fewer than "
                    + bytesPerSecond
                    + " bytes a second (server.min_body_bytes_per_second).";
        }
    }

    /** The pool has no capacity before {@code retryAfter}. */
    record Exhausted(String reason, String message, Duration retryAfter) implements Rejection {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public String rpcStatus() {
            return "RESOURCE_EXHAUSTED";
        }

        @Override
        public Optional<Duration> retryIn() {
            return Optional.of(retryAfter);
        }
    }

    /** A limit of the proxy's own stands against it before {@code retryAfter}. */
    record Limited(LimitPolicy policy, String message, Duration retryAfter) implements Rejection {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public String rpcStatus() {
            return "RESOURCE_EXHAUSTED";
        }

        @Override
        public String reason() {
            return policy.reason();
        }

        @Override
        public Optional<Duration> retryIn() {
            return Optional.of(retryAfter);
        }
    }

    /** The proxy or the pool cannot serve now. */
    record Unavailable(String reason, String message) implements Rejection {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String rpcStatus() {
            return "UNAVAILABLE";
        }
    }

    /** The upstream could not be reached or did not speak HTTP. */
    record BadGateway(String reason, String message) implements Rejection {
        @Override
        public int status() {
            return 502;
        }

        @Override
        public String rpcStatus() {
            return "UNAVAILABLE";
        }
    }

    /** The upstream did not answer in time. */
    record UpstreamTimeout(String message) implements Rejection {
        @Override
        public int status() {
            return 504;
        }

        @Override
        public String rpcStatus() {
            return "DEADLINE_EXCEEDED";
        }

        @Override
        public String reason() {
            return "UPSTREAM_TIMEOUT";
        }
    }

    /** A part of the Gemini API this version does not serve. */
    record Unsupported(String message) implements Rejection {
        @Override
        public int status() {
            return 501;
        }

        @Override
        public String rpcStatus() {
            return "UNIMPLEMENTED";
        }

        @Override
        public String reason() {
            return "NOT_BUILT";
        }
    }

    /** A bug of ours; the request id leads to the log line. */
    record Internal() implements Rejection {
        @Override
        public int status() {
            return 500;
        }

        @Override
        public String rpcStatus() {
            return "INTERNAL";
        }

        @Override
        public String reason() {
            return "PROXY_BUG";
        }

        @Override
        public String message() {
            return "gemproxy failed on this request. Its log has a line with this request id.";
        }
    }
}
