package io.gemproxy.server.config;

import io.gemproxy.server.authentication.IssuerConfig;
import java.util.List;
import java.util.Optional;

/** The rows of the table of settings that are about issuers of tokens. */
final class IssuerSettings {
    /** The list of issuers. */
    static final String ISSUERS = "auth.jwks";

    private static final String ENTRY = ISSUERS + "[].";

    private IssuerSettings() {}

    static List<Setting> all() {
        return List.of(
                row(
                        "issuer",
                        new Kind.Text(false),
                        "https://issuer.example",
                        "What iss of its tokens is."),
                row(
                        "url",
                        new Kind.Text(false),
                        "https://issuer.example/jwks",
                        "The https address of its key set."),
                row(
                        "file",
                        new Kind.FilePath(),
                        "config/jwks.json",
                        "Its key set as a file, in place of url."),
                standard(
                        "audience",
                        new Kind.Text(false),
                        IssuerConfig.AUDIENCE,
                        "What aud of its tokens must hold."),
                row(
                        "algorithms",
                        new Kind.Texts(),
                        "[ES256, EdDSA]",
                        "The only ones of its tokens; without: each that its keys are for."),
                standard(
                        "admin_tokens",
                        new Kind.Flag(),
                        "false",
                        "Whether its tokens may say role: admin."),
                row(
                        "subject_prefix",
                        new Kind.Text(true),
                        "corp:",
                        "Put before sub to make the client's name, so that no two issuers speak of"
                                + " one client."));
    }

    private static Setting row(String name, Kind kind, String example, String doc) {
        return new Setting(ENTRY + name, kind, Optional.empty(), false, doc, example);
    }

    private static Setting standard(String name, Kind kind, String standard, String doc) {
        return new Setting(ENTRY + name, kind, Optional.of(standard), false, doc, standard);
    }
}
