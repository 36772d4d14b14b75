package io.gemproxy.server.exchange;

/**
 * What a pooled key looks like. Only for advice: Google has changed the form of its keys before, so
 * nothing is refused for it.
 */
public enum KeyType {
    /** {@code AIza…}: refused by Google where it is unrestricted, since 2026-06-19. */
    STANDARD("AIza"),
    /** {@code AQ.…}: bound to a service account; what AI Studio makes since 2026-05-28. */
    AUTH("AQ."),
    /** {@code ya29.…}: an access token of OAuth 2.0, which ends within hours and is no key. */
    ACCESS_TOKEN("ya29."),
    /** Of no form known today. */
    UNKNOWN("");

    private final String prefix;

    KeyType(String prefix) {
        this.prefix = prefix;
    }

    static KeyType of(String key) {
        for (KeyType type : values()) {
            if (key.startsWith(type.prefix)) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
