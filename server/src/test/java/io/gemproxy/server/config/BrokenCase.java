package io.gemproxy.server.config;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One broken configuration: a directory with its files, {@code expected.txt} with what is to be
 * said of it, and maybe {@code setup.txt}. A line of that is one of:
 *
 * <ul>
 *   <li>{@code env NAME=VALUE} in the environment, {@code set KEY=VALUE} on the command line;
 *   <li>{@code search} for the file as usual, {@code config FILE} names another;
 *   <li>{@code mode FILE rw-r--r--}, {@code mkdir DIR}, {@code link FILE TARGET};
 *   <li>{@code repeat N TEXT} adds to {@code proxy.yaml}, {@code grow FILE N TEXT} to any file;
 *   <li>{@code secret VALUE} that nothing said may hold.
 * </ul>
 */
record BrokenCase(String name, Path directory, List<String> setup) {
    static final String EXPECTED = "expected.txt";
    private static final String SETUP = "setup.txt";
    private static final String CONFIG = "proxy.yaml";

    static List<BrokenCase> all(Path corpus) throws IOException {
        try (Stream<Path> directories = Files.list(corpus)) {
            return directories.filter(Files::isDirectory).sorted().map(BrokenCase::read).toList();
        }
    }

    private static BrokenCase read(Path directory) {
        try {
            Path setup = directory.resolve(SETUP);
            return new BrokenCase(
                    directory.getFileName().toString(),
                    directory,
                    Files.exists(setup) ? Files.readAllLines(setup) : List.of());
        } catch (IOException broken) {
            throw new AssertionError(directory.toString(), broken);
        }
    }

    /** Puts the files where they are loaded from, readable for their owner alone. */
    void prepare(Path into) throws IOException {
        Files.createDirectories(into);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String its = file.getFileName().toString();
                if (!its.equals(SETUP) && !its.equals(EXPECTED)) {
                    Path copy = Files.copy(file, into.resolve(its));
                    mode(Emissions.OF_THIS_RUN.given(copy), "rw-------");
                }
            }
        }
        for (String line : setup) {
            step(into, line);
        }
    }

    private static void step(Path into, String line) throws IOException {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "mode" -> mode(into.resolve(words[1]), words[2]);
            case "mkdir" -> Files.createDirectory(into.resolve(words[1]));
            case "link" -> Files.createSymbolicLink(into.resolve(words[1]), Path.of(words[2]));
            case "repeat" -> grow(into.resolve(CONFIG), words[1], words[2]);
            case "grow" -> {
                String[] amount = words[2].split(" ", 2);
                grow(into.resolve(words[1]), amount[0], amount[1]);
            }
            case "secret" -> Emissions.OF_THIS_RUN.secret("a secret of the corpus", words[1]);
            case "env", "set", "config", "search" -> {}
            default -> throw new IllegalArgumentException(line);
        }
    }

    private static void grow(Path file, String times, String text) throws IOException {
        Files.writeString(
                file,
                text.translateEscapes().repeat(Integer.parseInt(times)),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        mode(file, "rw-------");
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** With sound secrets around it, where it does not say otherwise. */
    ConfigRequest request(Path workingDirectory) {
        Map<String, String> environment = new HashMap<>();
        environment.put("JWT_SECRET", Loads.SECRET);
        environment.put("GEMINI_API_KEY", Loads.API_KEY);
        for (String assignment : those("env")) {
            int equals = assignment.indexOf('=');
            environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return new ConfigRequest(source(), those("set"), environment, workingDirectory);
    }

    private ConfigSource source() {
        if (setup.contains("search")) {
            return new ConfigSource.Search();
        }
        return new ConfigSource.InFile(
                Path.of(those("config").stream().findFirst().orElse(CONFIG)));
    }

    /** What its secrets are, beside those of the environment. */
    List<String> secrets() {
        return those("secret");
    }

    private List<String> those(String word) {
        return setup.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .toList();
    }

    String expected() throws IOException {
        return Files.readString(directory.resolve(EXPECTED));
    }
}
