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

    /**
     * Whether nothing is wrong but that it is a credential, which systemd gives to the service and
     * not to this process.
     */
    public boolean isCredentialOfService() {
        return rule == Rule.UNSET_VARIABLE && what.equals(References.unset(References.CREDENTIALS));
    }

    /**
     * What a setting names is there, but cannot be put to use.
     *
     * @param key path of the setting
     * @param what is wrong, with the file's name
     */
    public static Finding unfit(String key, String what) {
        return new Finding(
                Rule.UNFIT_FILE,
                Place.whole("configuration"),
                key,
                what,
                "mend it, then reload; what ran before runs on",
                Optional.empty());
    }
}
