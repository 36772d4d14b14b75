package io.gemproxy.server.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code /api/openapi.yaml}: the document that describes this port, which is that of the manual.
 */
final class OpenApiEndpoints {
    /** RFC 9512. */
    static final String YAML = "application/yaml";

    private static final String DOCUMENT = "openapi.yaml";

    List<Endpoint> all() {
        return List.of(
                Endpoint.reading(
                        "/api/" + DOCUMENT,
                        Endpoint.Access.ADMIN,
                        _ -> Optional.of(Reply.text(YAML, document()))));
    }

    private static String document() {
        try (InputStream in = OpenApiEndpoints.class.getResourceAsStream(DOCUMENT)) {
            return new String(
                    Objects.requireNonNull(in, "the document is not in the package").readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
