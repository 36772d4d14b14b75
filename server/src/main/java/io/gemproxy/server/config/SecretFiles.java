package io.gemproxy.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads secrets from the files that {@code …_file} keys name. */
final class SecretFiles {
    private static final int MOST_BYTES = 65_536;
    private static final String SECRET_FILE =
            "name a file this user may read that holds only the secret";

    private final Path workingDirectory;
    private final Report report;

    SecretFiles(Path workingDirectory, Report report) {
        this.workingDirectory = workingDirectory;
        this.report = report;
    }

    /** Puts what the files hold where the secret itself would stand. */
    void read(Leaves leaves) {
        for (Leaf leaf : leaves.all()) {
            if (leaf.setting().secret() && !leaf.isBlank()) {
                leaves.find(leaf.path() + "_file").ifPresent(file -> settle(leaves, leaf, file));
            }
        }
        for (Leaf leaf : leaves.all()) {
            Settings.secretIn(leaf.setting().path())
                    .ifPresent(setting -> replace(leaves, leaf, setting));
        }
    }

    private void settle(Leaves leaves, Leaf secret, Leaf file) {
        if (secret.layer() == file.layer()) {
            String name = secret.setting().name();
            report.add(
                    Rule.GIVEN_TWICE,
                    file,
                    name + " is given too",
                    "keep either " + name + " or " + name + "_file");
        }
        leaves.remove(secret.layer().compareTo(file.layer()) < 0 ? secret.path() : file.path());
    }

    private void replace(Leaves leaves, Leaf file, Setting secret) {
        String path = file.path().substring(0, file.path().length() - 5);
        content(file)
                .ifPresent(text ->
                        leaves.put(
                                new Leaf(
                                        path,
                                        secret,
                                        text,
                                        Leaf.Form.ANY,
                                        file.spot(),
                                        file.layer())));
        if (leaves.find(path).isEmpty()) {
            report.meant(path);
        }
    }

    private Optional<String> content(Leaf file) {
        try {
            Path path = workingDirectory.resolve(file.text());
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return refuse(
                        file,
                        Files.isDirectory(path)
                                ? "this is a directory, not a file"
                                : "this is no regular file");
            }
            FileModes.ofSecret(path, file.spot(), file.path(), report);
            return content(path, file);
        } catch (InvalidPathException noPath) {
            return refuse(file, "this is not a path");
        }
    }

    private Optional<String> content(Path path, Leaf file) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                return refuse(file, "the file is larger than 64 KiB, too large for a secret");
            }
            String secret =
                    withoutNewline(
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(bytes))
                                    .toString());
            return secret.isBlank() ? refuse(file, "the file is empty") : Optional.of(secret);
        } catch (CharacterCodingException notText) {
            return refuse(file, "the file is not UTF-8 text");
        } catch (IOException | SecurityException unreadable) {
            return refuse(
                    file, FileFault.of(path, unreadable), FileFault.fix(unreadable, SECRET_FILE));
        }
    }

    private Optional<String> refuse(Leaf file, String what) {
        return refuse(file, what, SECRET_FILE);
    }

    private Optional<String> refuse(Leaf file, String what, String fix) {
        report.add(Rule.NO_FILE, file, what, fix);
        return Optional.empty();
    }

    private static String withoutNewline(String text) {
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
