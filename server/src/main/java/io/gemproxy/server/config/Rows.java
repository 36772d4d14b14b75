package io.gemproxy.server.config;

import java.util.List;
import java.util.Optional;

/** Writes rows of the table of settings; each doc is one sentence for the operator. */
final class Rows {
    private Rows() {}

    /** Without a built-in default. */
    static Setting optional(String path, Kind kind, String example, String doc) {
        return new Setting(path, kind, Optional.empty(), false, doc, example);
    }

    static Setting secret(String path, String example, String doc) {
        return new Setting(path, new Kind.Text(true), Optional.empty(), true, doc, example);
    }

    /** The built-in default is its own example. */
    static Setting standard(String path, Kind kind, String standard, String doc) {
        return standard(path, kind, standard, doc, standard);
    }

    static Setting standard(String path, Kind kind, String standard, String doc, String example) {
        return new Setting(path, kind, Optional.of(standard), false, doc, example);
    }

    static Setting whole(String path, long min, long max, String standard, String doc) {
        return standard(path, new Kind.Whole(min, max), standard, doc);
    }

    static Setting seconds(String path, long max, String standard, String doc) {
        return whole(path, 1, max, standard, doc);
    }

    static Setting flag(String path, String standard, String doc) {
        return standard(path, new Kind.Flag(), standard, doc);
    }

    static Setting host(String path, String standard, String doc) {
        return standard(path, new Kind.Host(), standard, doc);
    }

    static Setting file(String path, String standard, String doc) {
        return standard(path, new Kind.FilePath(), standard, doc);
    }

    static Kind oneOf(String... words) {
        return new Kind.Choice(List.of(words));
    }
}
