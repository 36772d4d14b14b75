package io.gemproxy.server.config;

import java.util.Optional;

/**
 * One thing the loader or the security review has to say; never holds a secret.
 *
 * @param rule the kind of finding, with its stable code, severity and weight
 * @param place where to look
 * @param key path of the setting, empty where the whole file is meant
 * @param what is wrong
 * @param fix what would be right
 * @param excerpt the line, where there is one
 */
public record Finding(
        Rule rule, Place place, String key, String what, String fix, Optional<Excerpt> excerpt) {
    public Severity severity() {
        return rule.severity();
    }
}
