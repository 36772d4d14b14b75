package io.gemproxy.server.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Gives the values their types. What does not fit is reported and the built-in default given, so
 * that one load finds every problem.
 */
final class Reading {
    private final Leaves leaves;
    private final Report report;
    private final Path workingDirectory;
    private final ClientReading clients;

    Reading(Leaves leaves, Report report, Path workingDirectory) {
        this.leaves = leaves;
        this.report = report;
        this.workingDirectory = workingDirectory;
        this.clients = new ClientReading(this, report);
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
            case Kind.Text text -> checkText(leaf, text);
            case Kind.Name _ -> checkName(leaf);
            case Kind.Whole whole -> parseWhole(leaf, whole);
            case Kind.Flag _ -> parseFlag(leaf);
            case Kind.Choice choice -> parseChoice(leaf, choice);
            case Kind.Host _ -> parseHost(leaf);
            case Kind.FilePath _ -> parsePath(leaf);
            case Kind.Origin _ -> parseOrigin(leaf);
            case Kind.Day _ -> parseDay(leaf);
            case Kind.Texts _ -> isText(leaf);
            case Kind.Words words -> clients.checkWord(leaf, words);
            case Kind.Globs _ -> clients.checkGlob(leaf);
            case Kind.Digests _ -> clients.checkDigest(leaf);
            case Kind.ClientName _ -> clients.checkName(leaf);
            case Kind.Dollars _ -> clients.parseDollars(leaf);
            case Kind.Later _ when leaf.form() == Leaf.Form.NOTHING -> {}
            case Kind.Later later ->
                    report.add(later.rule(), leaf, later.remark(), "remove it for this version");
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
                .map(leaf -> parseWhole(leaf, (Kind.Whole) leaf.setting().kind()))
                .orElse(OptionalLong.empty());
    }

    boolean flag(String path) {
        return leaves.find(path)
                .flatMap(leaf -> parseFlag(leaf))
                .orElseGet(() -> standard(path).equals("true"));
    }

    String choice(String path) {
        return leaves.find(path)
                .flatMap(leaf -> parseChoice(leaf, (Kind.Choice) leaf.setting().kind()))
                .orElseGet(() -> standard(path));
    }

    String host(String path) {
        return leaves.find(path).flatMap(leaf -> parseHost(leaf)).orElseGet(() -> standard(path));
    }

    Path path(String path) {
        return leaves.find(path)
                .flatMap(leaf -> parsePath(leaf))
                .orElseGet(() -> workingDirectory.resolve(standard(path)));
    }

    URI origin(String path) {
        return leaves.find(path)
                .flatMap(leaf -> parseOrigin(leaf))
                .orElseGet(() -> URI.create(standard(path)));
    }

    Optional<URI> optionalOrigin(String path) {
        return leaves.find(path).flatMap(leaf -> parseOrigin(leaf));
    }

    Optional<LocalDate> day(String path) {
        return leaves.find(path).flatMap(leaf -> parseDay(leaf));
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
                .flatMap(leaf -> List.of(leaf.text().split(",", -1)).stream())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String standard(String path) {
        return Settings.at(path).standard().orElseThrow();
    }

    private void checkText(Leaf leaf, Kind.Text kind) {
        if (isText(leaf) && leaf.isBlank() && !kind.emptyAllowed()) {
            report.add(Rule.MALFORMED, leaf, "is empty", "give it a value or remove the key");
        }
    }

    private void checkName(Leaf leaf) {
        if (isText(leaf) && !leaf.text().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            malformed(leaf, "");
        }
    }

    boolean isText(Leaf leaf) {
        return switch (leaf.form()) {
            case TEXT, ANY -> true;
            case NOTHING -> leaf.setting().secret() || wrongType(leaf, "");
            case NUMBER, TRUTH -> wrongType(leaf, "put quotes around it");
        };
    }

    /** Reports it; always false. */
    boolean wrongType(Leaf leaf, String fix) {
        String found =
                switch (leaf.form()) {
                    case TEXT, ANY -> "text";
                    case NUMBER -> "a number";
                    case TRUTH -> "true or false";
                    case NOTHING -> "empty";
                };
        report.add(
                Rule.WRONG_TYPE,
                leaf,
                "must be " + leaf.setting().kind().phrase() + ", not " + found,
                fix.isEmpty() ? example(leaf) : fix);
        return false;
    }

    private static String example(Leaf leaf) {
        return "for example " + leaf.setting().name() + ": " + leaf.setting().example();
    }

    private OptionalLong parseWhole(Leaf leaf, Kind.Whole kind) {
        String text = leaf.text().strip();
        if (leaf.form() == Leaf.Form.NUMBER && text.contains(".")) {
            report.add(
                    Rule.WRONG_TYPE,
                    leaf,
                    "must be " + kind.phrase() + ", without a fraction",
                    example(leaf));
            return OptionalLong.empty();
        }
        boolean number = leaf.form() == Leaf.Form.NUMBER || leaf.form() == Leaf.Form.ANY;
        if (!number || !text.matches("[-+]?[0-9]{1,40}")) {
            boolean quoted = leaf.form() == Leaf.Form.TEXT && text.matches("[0-9]+");
            wrongType(leaf, quoted ? "remove the quotes" : "");
            return OptionalLong.empty();
        }
        BigInteger value = new BigInteger(text);
        if (value.compareTo(BigInteger.valueOf(kind.min())) < 0
                || value.compareTo(BigInteger.valueOf(kind.max())) > 0) {
            String what = (Shown.isHarmless(text) ? text : Shown.MASK) + " is out of range";
            report.add(Rule.OUT_OF_RANGE, leaf, what, "give " + kind.phrase());
            return OptionalLong.empty();
        }
        return OptionalLong.of(value.longValueExact());
    }

    private Optional<Boolean> parseFlag(Leaf leaf) {
        String word = leaf.text().strip();
        boolean mayBe = leaf.form() == Leaf.Form.TRUTH || leaf.form() == Leaf.Form.ANY;
        if (mayBe && (word.equals("true") || word.equals("false"))) {
            return Optional.of(word.equals("true"));
        }
        wrongType(leaf, flagFix(word.toLowerCase(Locale.ROOT)));
        return Optional.empty();
    }

    private static String flagFix(String word) {
        return switch (word) {
            case "yes", "on", "true", "y", "1" -> "write true";
            case "no", "off", "false", "n", "0" -> "write false";
            default -> "";
        };
    }

    private Optional<String> parseChoice(Leaf leaf, Kind.Choice kind) {
        String word = leaf.text().strip();
        if (!isText(leaf)) {
            return Optional.empty();
        }
        if (kind.now().contains(word)) {
            return Optional.of(word);
        }
        String use = "use " + String.join(" or ", kind.now());
        if (kind.later().contains(word)) {
            report.add(Rule.NOT_YET, leaf, word + " comes with a later version", use);
        } else {
            Optional<String> near = Suggestion.nearest(word, kind.now());
            String what = Shown.value(word) + " is not " + kind.phrase();
            String fix = near.map(it -> "did you mean " + it + "?").orElse(use);
            report.add(Rule.NOT_A_CHOICE, leaf, what, fix);
        }
        return Optional.empty();
    }

    private Optional<String> parseHost(Leaf leaf) {
        String host = leaf.text().strip();
        if (!isText(leaf)) {
            return Optional.empty();
        }
        boolean address = host.matches("\\[[0-9A-Fa-f:.]{2,45}]|[0-9A-Fa-f]*:[0-9A-Fa-f:.]{1,45}");
        boolean port = host.chars().filter(c -> c == ':').count() == 1;
        if (host.matches("[A-Za-z0-9._-]{1,253}") || (address && !port)) {
            return Optional.of(host);
        }
        return malformed(leaf, ", without scheme or port");
    }

    private Optional<Path> parsePath(Leaf leaf) {
        if (!isText(leaf)) {
            return Optional.empty();
        }
        try {
            return leaf.isBlank()
                    ? malformed(leaf, "")
                    : Optional.of(workingDirectory.resolve(leaf.text()));
        } catch (InvalidPathException notAPath) {
            return malformed(leaf, "");
        }
    }

    private Optional<URI> parseOrigin(Leaf leaf) {
        if (!isText(leaf)) {
            return Optional.empty();
        }
        String text = leaf.text().strip();
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            return isOrigin(uri)
                    ? Optional.of(uri)
                    : malformed(leaf, ", without path, query or user");
        } catch (URISyntaxException notAnAddress) {
            return malformed(leaf, ", without path, query or user");
        }
    }

    private static boolean isOrigin(URI uri) {
        return uri.getHost() != null
                && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                && uri.getPort() <= 65_535
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawPath().isEmpty();
    }

    private Optional<LocalDate> parseDay(Leaf leaf) {
        if (!isText(leaf)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(leaf.text().strip()));
        } catch (DateTimeParseException notADay) {
            return malformed(leaf, ", written year-month-day");
        }
    }

    <T> Optional<T> malformed(Leaf leaf, String but) {
        String what = "must be " + leaf.setting().kind().phrase() + but;
        report.add(Rule.MALFORMED, leaf, what, example(leaf));
        return Optional.empty();
    }
}
