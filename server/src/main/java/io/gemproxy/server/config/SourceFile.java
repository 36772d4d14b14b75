package io.gemproxy.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The YAML of a request, found.
 *
 * @param text decoded
 * @param file as it was read; empty for a text at hand
 */
record SourceFile(SourceText text, Optional<ConfigFile> file) {
    private static final String OF_THE_SERVICE = "/etc/gemproxy/proxy.yaml";
    private static final String PATH_AND_MODE = "check the path and its mode";
    private static final List<String> USUAL = List.of("config/proxy.yaml", OF_THE_SERVICE);

    /** Finds and reads the main file; what hinders is reported. */
    static Optional<SourceFile> find(ConfigRequest request, Report report) {
        return switch (request.source()) {
            case ConfigSource.Given given -> given(given, report);
            case ConfigSource.InFile file -> read(request, file.path().toString(), report);
            case ConfigSource.Search _ -> search(request, report);
        };
    }

    private static Optional<SourceFile> search(ConfigRequest request, Report report) {
        String named = request.environment().getOrDefault("GEMPROXY_CONFIG", "");
        if (!named.isBlank()) {
            return read(request, named, report);
        }
        for (String name : USUAL) {
            if (Files.exists(request.workingDirectory().resolve(name))) {
                return read(request, name, report);
            }
        }
        if (isClosed(Path.of(OF_THE_SERVICE))) {
            return refuse(
                    report,
                    Spot.whole(OF_THE_SERVICE),
                    "",
                    "this user may not look there",
                    "ask root, or join the group gemproxy, whose members may");
        }
        report.add(
                Rule.NO_FILE,
                Spot.whole("config/proxy.yaml"),
                "",
                "there is no configuration file; looked for $GEMPROXY_CONFIG (not set), "
                        + "./config/proxy.yaml and /etc/gemproxy/proxy.yaml",
                "name one with --config, or copy config/proxy.yaml.example to config/proxy.yaml");
        report.incomplete();
        return Optional.empty();
    }

    /** Whether nobody but its owner and group may know if it is there. */
    private static boolean isClosed(Path file) {
        try {
            file.getFileSystem().provider().checkAccess(file);
            return false;
        } catch (AccessDeniedException closed) {
            return true;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static Optional<SourceFile> read(ConfigRequest request, String name, Report report) {
        return read(request, name, Spot.whole(name), "", report);
    }

    /** Reads the file another setting names; what hinders is reported at that setting. */
    static Optional<SourceFile> read(ConfigRequest request, Leaf naming, Report report) {
        return read(request, naming.text(), naming.spot(), naming.path(), report);
    }

    private static Optional<SourceFile> read(
            ConfigRequest request, String name, Spot spot, String key, Report report) {
        try {
            Path path = request.workingDirectory().resolve(name);
            if (!key.isEmpty() && FileFault.isNoFile(path)) {
                return refuse(report, spot, key, FileFault.NO_FILE);
            }
            return read(path, name, spot, key, report);
        } catch (InvalidPathException noPath) {
            return refuse(report, spot, key, "this is not a path");
        }
    }

    private static Optional<SourceFile> read(
            Path path, String name, Spot spot, String key, Report report) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(SourceText.MOST_BYTES + 1);
            ConfigFile file = new ConfigFile(path.toAbsolutePath(), bytes);
            return SourceText.decode(name, bytes, report)
                    .map(text -> new SourceFile(text, Optional.of(file)));
        } catch (IOException | SecurityException unreadable) {
            return refuse(
                    report,
                    spot,
                    key,
                    FileFault.of(path, unreadable),
                    FileFault.fix(unreadable, PATH_AND_MODE));
        }
    }

    private static Optional<SourceFile> given(ConfigSource.Given given, Report report) {
        try {
            byte[] bytes = given.bytes().readNBytes(SourceText.MOST_BYTES + 1);
            return SourceText.decode(given.name(), bytes, report)
                    .map(text -> new SourceFile(text, Optional.empty()));
        } catch (IOException unreadable) {
            return refuse(report, Spot.whole(given.name()), "", "the text cannot be read");
        }
    }

    /** Where the file is, if it is one. */
    Optional<Path> path() {
        return file.map(ConfigFile::path);
    }

    private static Optional<SourceFile> refuse(Report report, Spot spot, String key, String what) {
        return refuse(report, spot, key, what, PATH_AND_MODE);
    }

    private static Optional<SourceFile> refuse(
            Report report, Spot spot, String key, String what, String fix) {
        report.add(Rule.NO_FILE, spot, key, what, fix);
        report.incomplete();
        return Optional.empty();
    }
}
