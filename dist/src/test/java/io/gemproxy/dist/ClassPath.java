package io.gemproxy.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The class files of some jars and of the JDK; nothing of them is ever loaded. */
final class ClassPath implements AutoCloseable {
    private final URLClassLoader files;
    private final Map<String, Optional<ClassShape>> shapes = new HashMap<>();

    ClassPath(List<Path> jars) throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        files = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    /** The class files of those names that are {@code wanted}. */
    static List<byte[]> classes(List<Path> jars, Predicate<String> wanted) throws IOException {
        List<byte[]> classes = new ArrayList<>();
        for (Path jar : jars) {
            classes.addAll(classes(jar, wanted));
        }
        return classes;
    }

    private static List<byte[]> classes(Path jar, Predicate<String> wanted) throws IOException {
        List<byte[]> classes = new ArrayList<>();
        try (var file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().toList()) {
                if (wanted.test(entry.getName())
                        && entry.getName().endsWith(".class")
                        && !entry.getName().endsWith("module-info.class")) {
                    try (var in = file.getInputStream(entry)) {
                        classes.add(in.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }

    /** The class with that internal name, if there is one. */
    Optional<ClassShape> find(String name) {
        return shapes.computeIfAbsent(name, this::read);
    }

    /** The class and all it inherits from, each once or more; what is missing is left out. */
    Stream<ClassShape> family(String name) {
        return find(name).stream()
                .flatMap(shape ->
                        Stream.concat(
                                Stream.of(shape),
                                Stream.concat(shape.parent().stream(), shape.interfaces().stream())
                                        .flatMap(this::family)));
    }

    private Optional<ClassShape> read(String name) {
        try (var in = files.getResourceAsStream(name + ".class")) {
            return in == null ? Optional.empty() : Optional.of(ClassShape.of(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
