package io.gemproxy.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files whose content is part of a configuration. */
final class NamedFiles {
    private final ConfigRequest request;
    private final String source;
    private final Leaves leaves;

    /**
     * @param source the name of the main file
     */
    NamedFiles(ConfigRequest request, String source, Leaves leaves) {
        this.request = request;
        this.source = source;
        this.leaves = leaves;
    }

    List<Path> all() {
        Set<Path> files = new LinkedHashSet<>();
        if (!(request.source() instanceof ConfigSource.Given)) {
            path(source).ifPresent(files::add);
        }
        Settings.all().stream()
                .filter(NamedFiles::isRead)
                .flatMap(this::texts)
                .flatMap(text -> path(text).stream())
                .forEach(files::add);
        return List.copyOf(files);
    }

    /** What is said of a setting, each time it stands; else its default. */
    private Stream<String> texts(Setting setting) {
        List<String> said =
                leaves.all().stream()
                        .filter(leaf -> leaf.setting().path().equals(setting.path()))
                        .filter(leaf -> !leaf.isBlank())
                        .map(Leaf::text)
                        .toList();
        return said.isEmpty() && !setting.inList() ? setting.standard().stream() : said.stream();
    }

    /** Those that hold secrets, and all others that a reload reads. */
    private static boolean isRead(Setting setting) {
        boolean twin =
                setting.path().endsWith("_file")
                        && Settings.find(setting.path().replaceFirst("_file$", ""))
                                .filter(Setting::secret)
                                .isPresent();
        return setting.kind() instanceof Kind.FilePath && (twin || !setting.restart());
    }

    private Optional<Path> path(String text) {
        try {
            return Optional.of(request.workingDirectory().resolve(text).toAbsolutePath());
        } catch (InvalidPathException reported) {
            return Optional.empty();
        }
    }
}
