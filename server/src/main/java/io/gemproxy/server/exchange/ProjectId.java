package io.gemproxy.server.exchange;

/**
 * The operator's name for the Google project a pooled key belongs to; keys of one project share
 * quota and resources.
 *
 * @param value never blank
 */
public record ProjectId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
