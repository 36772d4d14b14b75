package io.gemproxy.server.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Replaces <code>${NAME}</code> and <code>${NAME:default}</code> in values of a file; <code>$${
 * </code> stands for the two characters themselves. A variable that is set but empty counts as not
 * set where there is a default.
 */
final class References {
    /** The variable that systemd sets for a service with credentials. */
    static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> environment;
    private final Report report;
    private final Map<String, String> unsetSecrets = new LinkedHashMap<>();

    References(Map<String, String> environment, Report report) {
        this.environment = environment;
        this.report = report;
    }

    void resolve(Leaves leaves) {
        for (Leaf leaf : leaves.all()) {
            if (isAsWritten(leaf) && leaf.text().contains("${")) {
                replaced(leaf)
                        .ifPresentOrElse(
                                text -> leaves.put(leaf.withText(text)),
                                () -> leaves.remove(leaf.path()));
            }
        }
    }

    /** A value that came from outside, or was replaced before, is never looked into. */
    private static boolean isAsWritten(Leaf leaf) {
        return leaf.layer() == Layer.FILE && leaf.form() != Leaf.Form.ANY;
    }

    private Optional<String> replaced(Leaf leaf) {
        StringBuilder out = new StringBuilder();
        String text = leaf.text();
        int at = 0;
        while (true) {
            int start = text.indexOf("${", at);
            if (start < 0) {
                return Optional.of(out.append(text, at, text.length()).toString());
            }
            if (start > at && text.charAt(start - 1) == '$') {
                out.append(text, at, start - 1).append("${");
                at = start + 2;
                continue;
            }
            int end = text.indexOf('}', start);
            Optional<String> value =
                    end < 0 ? unclosed(leaf) : value(leaf, text.substring(start + 2, end));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            out.append(text, at, start).append(value.get());
            at = end + 1;
        }
    }

    private Optional<String> value(Leaf leaf, String inside) {
        int colon = inside.indexOf(':');
        String name = colon < 0 ? inside : inside.substring(0, colon);
        if (!NAME.matcher(name).matches()) {
            report.add(
                    Rule.BAD_REFERENCE,
                    leaf,
                    "what stands between ${ and } is not the name of a variable",
                    "write ${NAME} or ${NAME:default}; $${ for the characters themselves");
            return Optional.empty();
        }
        if (inside.contains("${")) {
            report.add(
                    Rule.BAD_REFERENCE,
                    leaf,
                    "a default cannot be a reference itself",
                    "name one variable, with a default that is written out");
            return Optional.empty();
        }
        String value = environment.get(name);
        if (value != null && (!value.isEmpty() || colon < 0)) {
            return Optional.of(value);
        }
        return colon < 0 ? unset(leaf, name) : Optional.of(inside.substring(colon + 1));
    }

    /** Reports the variables that were not set, except of secrets that came from elsewhere. */
    void reportUnset(Leaves leaves) {
        unsetSecrets.forEach((path, name) ->
                leaves.find(path).filter(Leaf::isBlank).ifPresent(leaf -> reportUnset(leaf, name)));
    }

    /** A secret may still be filled from elsewhere, so its report waits. */
    private Optional<String> unset(Leaf leaf, String name) {
        if (leaf.setting().secret()) {
            unsetSecrets.put(leaf.path(), name);
            return Optional.of("");
        }
        reportUnset(leaf, name);
        return Optional.empty();
    }

    private void reportUnset(Leaf leaf, String name) {
        report.add(Rule.UNSET_VARIABLE, leaf, unset(name), fixOfUnset(leaf, name));
        if (leaf.path().endsWith("_file")) {
            // what the file holds is not missing, only out of reach
            report.meant(leaf.path().substring(0, leaf.path().length() - "_file".length()));
        }
    }

    /** What is said of a variable that is not set. */
    static String unset(String name) {
        return "the environment variable " + Shown.name(name) + " is not set";
    }

    private static String fixOfUnset(Leaf leaf, String name) {
        if (name.equals(CREDENTIALS)) {
            return "systemd sets it for a unit with LoadCredential=, as"
                    + " /run/credentials/gemproxy.service, which root may read while the service"
                    + " runs; elsewhere set it to the directory of the file";
        }
        return leaf.setting().secret()
                ? "set it before the start"
                : "set it, or give a default: ${" + Shown.name(name) + ":default}";
    }

    private Optional<String> unclosed(Leaf leaf) {
        report.add(
                Rule.BAD_REFERENCE,
                leaf,
                "a ${ is not closed",
                "close it with }, or write $${ for the characters themselves");
        return Optional.empty();
    }
}
