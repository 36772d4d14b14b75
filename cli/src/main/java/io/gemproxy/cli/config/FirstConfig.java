package io.gemproxy.cli.config;

import io.gemproxy.cli.installation.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.regex.Pattern;

/** The text of a first configuration, each of its secrets a fresh one. */
final class FirstConfig {
    private static final Pattern PLACE = Pattern.compile("@SECRET@");

    private final String text;

    private FirstConfig(String text) {
        this.text = text;
    }

    /** For the directory that a server is started in. */
    static FirstConfig make(SecureRandom random) throws IOException {
        return fill("proxy.yaml.txt", random);
    }

    /** For an installed service, with the paths and the port of one. */
    static FirstConfig forService(SecureRandom random) throws IOException {
        return fill("service.yaml.txt", random);
    }

    private static FirstConfig fill(String name, SecureRandom random) throws IOException {
        try (InputStream form = FirstConfig.class.getResourceAsStream(name)) {
            String blank =
                    new String(Objects.requireNonNull(form).readAllBytes(), StandardCharsets.UTF_8);
            return new FirstConfig(
                    PLACE.matcher(blank).replaceAll(_ -> PrivateFile.secret(random)));
        }
    }

    /**
     * Writes it where nothing is, for its owner alone.
     *
     * @throws java.nio.file.FileAlreadyExistsException if something is there, be it a broken link
     * @throws IOException if it cannot be written whole; then it is not there
     */
    void write(Path file) throws IOException {
        PrivateFile.write(file, text);
    }
}
