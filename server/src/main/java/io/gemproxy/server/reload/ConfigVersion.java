package io.gemproxy.server.reload;

/**
 * Names the content of the configuration files, as {@link ConfigVersions} does.
 *
 * @param value 16 lower-case hex digits
 */
public record ConfigVersion(String value) {
    @Override
    public String toString() {
        return value;
    }
}
