package io.gemproxy.emissions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files under the directories of tests; each is searched again when it changed. */
final class SearchedFiles {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----\\s+([\\w+/]{32,})");

    /** Files that hold secrets by their purpose: name, alone or with its directory, and why. */
    private static final Map<Pattern, String> EXEMPT =
            Map.of(
                    Pattern.compile(".*\\.ya?ml(\\.bak-[0-9TZ.]+)?"),
                    "a configuration, in which the secrets are given to the product, or its backup",
                    Pattern.compile("config-history/[0-9]{8}\\.json"),
                    "a configuration as it was, to be rolled back to byte for byte");

    private final Emissions emissions;
    private final Set<Path> directories = ConcurrentHashMap.newKeySet();
    private final Set<Path> given = ConcurrentHashMap.newKeySet();
    private final Map<Path, String> searched = new ConcurrentHashMap<>();

    SearchedFiles(Emissions emissions) {
        this.emissions = emissions;
    }

    void exempt(Path file) {
        given.add(file);
    }

    void watch(Path directory) {
        directories.add(directory);
        walk(directory);
    }

    private void forget(Path directory) {
        directories.remove(directory);
        searched.keySet().removeIf(file -> file.startsWith(directory));
    }

    /** Searches what is new or changed. */
    void look() {
        for (Path directory : List.copyOf(directories)) {
            if (Files.isDirectory(directory)) {
                walk(directory);
            } else {
                forget(directory);
            }
        }
    }

    private void walk(Path directory) {
        try {
            Files.walkFileTree(
                    directory,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes state) {
                            if (state.isRegularFile()) {
                                seen(directory, file, state);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path visited, @Nullable IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void seen(Path directory, Path file, BasicFileAttributes state) {
        String version = state.size() + " " + state.lastModifiedTime() + " " + state.fileKey();
        if (version.equals(searched.put(file, version)) || given.contains(file) || isExempt(file)) {
            return;
        }
        String place = "the file " + directory.relativize(file);
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (!isPrivateKey(file, bytes)) {
                emissions.emitted(place, bytes);
            }
        } catch (IOException gone) {
            searched.remove(file);
        }
    }

    private static boolean isExempt(Path file) {
        String name = String.valueOf(file.getFileName());
        Path directory = file.getParent();
        String within = (directory == null ? "" : directory.getFileName()) + "/" + name;
        return EXEMPT.keySet().stream()
                .anyMatch(it -> it.matcher(name).matches() || it.matcher(within).matches());
    }

    /** A file made to keep a private key; what is in it must be nowhere else. */
    private boolean isPrivateKey(Path file, byte[] bytes) {
        if (!file.toString().endsWith(".pem")) {
            return false;
        }
        Matcher key = PRIVATE_KEY.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        boolean found = key.find();
        if (found) {
            emissions.secret("the private key of a test", key.group(1));
        }
        return found;
    }
}
