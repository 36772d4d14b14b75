package io.gemproxy.server.upstream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The client's own body broke off while it was being forwarded. */
final class RequestBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    RequestBodyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
