package io.gemproxy.server.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration: the single source for binding, environment names, suggestions and
 * documentation.
 *
 * @param path with dots; {@code []} stands for an entry of a list
 * @param kind of value
 * @param standard the built-in default as it would be written, empty if there is none
 * @param secret whether nobody may see the value
 * @param doc one sentence for the operator
 * @param example a value as it would be written
 * @param restart whether a change waits for the next start; anything else a reload applies
 */
record Setting(
        String path,
        Kind kind,
        Optional<String> standard,
        boolean secret,
        String doc,
        String example,
        boolean restart) {
    /** One that a reload applies. */
    Setting(
            String path,
            Kind kind,
            Optional<String> standard,
            boolean secret,
            String doc,
            String example) {
        this(path, kind, standard, secret, doc, example, false);
    }

    /** The same, but a change waits for the next start. */
    Setting onRestart() {
        return new Setting(
                path,
                kind,
                standard,
                secret,
                doc + " Takes effect at the next start.",
                example,
                true);
    }

    /** The last part of the path. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    boolean inList() {
        return path.contains("[].");
    }

    /** The list an entry of which it is in; only if it is in one. */
    String list() {
        return path.substring(0, path.indexOf("[]."));
    }

    /** Whether it stands once for each model in an entry. */
    boolean perModel() {
        return path.contains("{}.");
    }

    /** The name of its environment variable; an entry of a list has {@code <ID>} in it. */
    String variable() {
        return "GEMPROXY_"
                + path.replace("[].", "_<ID>_").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The key that names a file to read this secret from. */
    String twinPath() {
        return path + "_file";
    }
}
