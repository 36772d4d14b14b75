package io.gemproxy.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The finished directory that this build made, and the checkout it was made from. */
final class Installation {
    private static final Pattern LIBRARY =
            Pattern.compile("META-INF/libraries/([^/]+)/MANIFEST\\.MF");

    private Installation() {}

    static Path home() {
        return property("gemproxy.home");
    }

    static Path checkout() {
        return property("gemproxy.checkout");
    }

    static Path program(String name) {
        return home().resolve("bin").resolve(name);
    }

    static List<Path> jars() throws IOException {
        try (var files = Files.list(home().resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /**
     * Names with versions of what the jars hold: packages have one jar of all, which lists them.
     */
    static List<String> libraries() throws IOException {
        return libraries(jars());
    }

    /** The same of other jars. */
    static List<String> libraries(List<Path> jars) throws IOException {
        if (!jars.getFirst().endsWith("gemproxy.jar")) {
            return jars.stream()
                    .map(jar -> jar.getFileName().toString().replaceFirst("\\.jar$", ""))
                    .toList();
        }
        try (var jar = new JarFile(jars.getFirst().toFile())) {
            return jar.stream()
                    .map(entry -> LIBRARY.matcher(entry.getName()))
                    .filter(Matcher::matches)
                    .map(entry -> entry.group(1))
                    .toList();
        }
    }

    /** The Debian package, if this build made one. */
    static Optional<Path> debianPackage() throws IOException {
        try (var files = Files.list(home().resolveSibling("."))) {
            return files.filter(file -> file.toString().endsWith("_amd64.deb")).findFirst();
        }
    }

    private static Path property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("run by Maven, which sets " + name);
        }
        return Path.of(value).toAbsolutePath().normalize();
    }
}
