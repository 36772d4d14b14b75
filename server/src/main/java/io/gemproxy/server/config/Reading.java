package io.gemproxy.server.config;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Gives the values their types. What does not fit is reported and the built-in default given, so
 * that one load finds every problem.
 */
final class Reading {
    private final Leaves leaves;
    private final Report report;
    private final Path workingDirectory;
    private final Parsing parse;
    private final ClientReading clients;

    Reading(Leaves leaves, Report report, Path workingDirectory) {
        this.leaves = leaves;
        this.report = report;
        this.workingDirectory = workingDirectory;
        this.parse = new Parsing(report, workingDirectory);
        this.clients = new ClientReading(parse, report);
    }

    /** Reports every value that does not fit its setting, whether anything reads it or not. */
    void checkAll() {
        leaves.all().forEach(this::check);
    }

    private void check(Leaf leaf) {
        boolean digest = leaf.setting().kind() instanceof Kind.Digests;
        if (!leaf.setting().secret() && !digest && Shown.containsKey(leaf.text())) {
            report.add(
                    Rule.SECRET_IN_THE_OPEN,
                    leaf,
                    "looks like an API key or token; this value appears in logs and metrics",
                    "put it under the key that is meant for it");
        }
        switch (leaf.setting().kind()) {
            case Kind.Text text -> parse.checkText(leaf, text);
            case Kind.Name _ -> parse.checkName(leaf);
            case Kind.Whole whole -> parse.whole(leaf, whole);
            case Kind.Flag _ -> parse.flag(leaf);
            case Kind.Choice choice -> parse.choice(leaf, choice);
            case Kind.Host _ -> parse.host(leaf);
            case Kind.FilePath _ -> parse.path(leaf);
            case Kind.Origin _ -> parse.origin(leaf);
            case Kind.Origins _ -> parse.origins(leaf);
            case Kind.Day _ -> parse.day(leaf);
            case Kind.Texts _ -> parse.isText(leaf);
            case Kind.Words words -> clients.checkWord(leaf, words);
            case Kind.Globs _ -> clients.checkGlob(leaf);
            case Kind.Digests _ -> clients.checkDigest(leaf);
            case Kind.ClientName _ -> clients.checkName(leaf);
            case Kind.Dollars _ -> clients.parseDollars(leaf);
        }
    }

    long whole(String path) {
        return optionalWhole(path).orElseGet(() -> Long.parseLong(standard(path)));
    }

    int number(String path) {
        return Math.toIntExact(whole(path));
    }

    Duration seconds(String path) {
        return Duration.ofSeconds(whole(path));
    }

    OptionalInt optionalNumber(String path) {
        OptionalLong value = optionalWhole(path);
        return value.isPresent()
                ? OptionalInt.of(Math.toIntExact(value.getAsLong()))
                : OptionalInt.empty();
    }

    OptionalLong optionalWhole(String path) {
        return leaves.find(path)
                .map(leaf -> parse.whole(leaf, (Kind.Whole) leaf.setting().kind()))
                .orElse(OptionalLong.empty());
    }

    boolean flag(String path) {
        return leaves.find(path)
                .flatMap(parse::flag)
                .orElseGet(() -> standard(path).equals("true"));
    }

    Optional<Boolean> optionalFlag(String path) {
        return leaves.find(path).flatMap(parse::flag);
    }

    String choice(String path) {
        return leaves.find(path)
                .flatMap(leaf -> parse.choice(leaf, (Kind.Choice) leaf.setting().kind()))
                .orElseGet(() -> standard(path));
    }

    String host(String path) {
        return leaves.find(path).flatMap(parse::host).orElseGet(() -> standard(path));
    }

    Optional<String> optionalHost(String path) {
        return leaves.find(path).flatMap(parse::host);
    }

    Path path(String path) {
        return leaves.find(path)
                .flatMap(parse::path)
                .orElseGet(() -> workingDirectory.resolve(standard(path)));
    }

    Optional<Path> optionalPath(String path) {
        return leaves.find(path).flatMap(parse::path);
    }

    URI origin(String path) {
        return leaves.find(path).flatMap(parse::origin).orElseGet(() -> URI.create(standard(path)));
    }

    Optional<URI> optionalOrigin(String path) {
        return leaves.find(path).flatMap(parse::origin);
    }

    /** All entries of a list of origins. */
    List<URI> origins(String path) {
        return leaves.all().stream()
                .filter(leaf -> leaf.path().equals(path) || leaf.path().startsWith(path + "["))
                .flatMap(leaf -> parse.origins(leaf).stream())
                .toList();
    }

    Optional<LocalDate> day(String path) {
        return leaves.find(path).flatMap(parse::day);
    }

    Optional<String> text(String path) {
        return leaves.find(path).filter(leaf -> !leaf.isBlank()).map(Leaf::text);
    }

    /** An amount of dollars. */
    Optional<BigDecimal> dollars(String path) {
        return leaves.find(path).flatMap(clients::parseDollars);
    }

    /** All entries of a list of texts; from outside the file they are separated by commas. */
    List<String> texts(String path) {
        return leaves.all().stream()
                .filter(leaf -> leaf.path().equals(path) || leaf.path().startsWith(path + "["))
                .flatMap(leaf -> split(leaf.text()))
                .toList();
    }

    /** The entries of a list that is written with commas. */
    static Stream<String> split(String list) {
        return Stream.of(list.split(",", -1)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String standard(String path) {
        return Settings.at(path).standard().orElseThrow();
    }
}
