package io.gemproxy.server.exchange;

import java.util.Locale;

/** Why Google refuses a key; named as Google's ErrorInfo does where it does. */
public enum KeyFault {
    API_KEY_INVALID,
    API_KEY_EXPIRED,
    /** Google found it in public; it never works again. */
    API_KEY_LEAKED,
    CONSUMER_SUSPENDED,
    CONSUMER_INVALID,
    /** The key may not call this API, or only not this method. */
    API_KEY_SERVICE_BLOCKED,
    API_KEY_HTTP_REFERRER_BLOCKED,
    API_KEY_IP_ADDRESS_BLOCKED,
    API_KEY_ANDROID_APP_BLOCKED,
    API_KEY_IOS_APP_BLOCKED,
    /** Not a key of this API's kind. */
    ACCESS_TOKEN_TYPE_UNSUPPORTED,
    /** A key of another product. */
    API_KEYS_NOT_SUPPORTED,
    /** A 401 that says no more. */
    UNAUTHENTICATED;

    /** A stable word for logs, audit and the state of keys. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }
}
