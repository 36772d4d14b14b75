package io.gemproxy.server.config;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Gives one value its type, by the kind of its setting; what does not fit is reported. */
final class Parsing {
    static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    static final String HOST_NAME = "[A-Za-z0-9._-]{1,253}";
    static final String HOST_ADDRESS = "\\[[0-9A-Fa-f:.]{2,45}\\]|[0-9A-Fa-f]*:[0-9A-Fa-f:.]{1,45}";

    private static final int MOST_DIGITS = 40;
    private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final Report report;
    private final Path workingDirectory;

    Parsing(Report report, Path workingDirectory) {
        this.report = report;
        this.workingDirectory = workingDirectory;
    }

    void checkText(Leaf leaf, Kind.Text kind) {
        if (isText(leaf) && leaf.isBlank() && !kind.emptyAllowed()) {
            report.add(Rule.MALFORMED, leaf, "is empty", "give it a value or remove the key");
        }
    }

    void checkName(Leaf leaf) {
        if (isText(leaf) && !leaf.text().matches(NAME)) {
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

    OptionalLong whole(Leaf leaf, Kind.Whole kind) {
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
        boolean digits = text.matches("[-+]?[0-9]+");
        if (leaf.form() == Leaf.Form.NUMBER && !digits) {
            report.add(
                    Rule.WRONG_TYPE,
                    leaf,
                    "must be " + kind.phrase() + ", in plain digits",
                    example(leaf));
            return OptionalLong.empty();
        }
        if (!number || !digits) {
            wrongType(leaf, numberFix(leaf, text));
            return OptionalLong.empty();
        }
        BigInteger value = text.length() > MOST_DIGITS ? BEYOND : new BigInteger(text);
        if (value.compareTo(BigInteger.valueOf(kind.min())) < 0
                || value.compareTo(BigInteger.valueOf(kind.max())) > 0) {
            String what = leaf.shown(text).replace("\"", "") + " is out of range";
            report.add(Rule.OUT_OF_RANGE, leaf, what, "give " + kind.phrase());
            return OptionalLong.empty();
        }
        return OptionalLong.of(value.longValueExact());
    }

    private static String numberFix(Leaf leaf, String text) {
        if (leaf.form() == Leaf.Form.TEXT && text.matches("[0-9]+")) {
            return "remove the quotes";
        }
        if (text.matches("[0-9]+ ?[A-Za-z]{1,3}")) {
            return "write the number alone, without a unit";
        }
        return text.matches("[0-9][0-9_,' ]*|0[xob][0-9A-Fa-f]+") ? "write it in plain digits" : "";
    }

    Optional<Boolean> flag(Leaf leaf) {
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

    Optional<String> choice(Leaf leaf, Kind.Choice kind) {
        String word = leaf.text().strip();
        if (!isText(leaf)) {
            return Optional.empty();
        }
        if (kind.words().contains(word)) {
            return Optional.of(word);
        }
        String use = "use " + String.join(" or ", kind.words());
        Optional<String> near = Suggestion.nearest(word, kind.words());
        String what = leaf.shown(word) + " is not " + kind.phrase();
        String fix = near.map(it -> "did you mean " + it + "?").orElse(use);
        report.add(Rule.NOT_A_CHOICE, leaf, what, fix);
        return Optional.empty();
    }

    Optional<String> host(Leaf leaf) {
        String host = leaf.text().strip();
        if (!isText(leaf)) {
            return Optional.empty();
        }
        boolean address = host.matches(HOST_ADDRESS);
        boolean port = host.chars().filter(c -> c == ':').count() == 1;
        if (host.matches(HOST_NAME) || (address && !port)) {
            return Optional.of(host);
        }
        return malformed(leaf, ", without scheme or port");
    }

    Optional<Path> path(Leaf leaf) {
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

    Optional<URI> origin(Leaf leaf) {
        if (!isText(leaf)) {
            return Optional.empty();
        }
        return origin(leaf, leaf.text().strip());
    }

    /** More than one only where the list comes from outside the file, with commas. */
    List<URI> origins(Leaf leaf) {
        if (!isText(leaf)) {
            return List.of();
        }
        return Reading.split(leaf.text()).flatMap(text -> origin(leaf, text).stream()).toList();
    }

    private Optional<URI> origin(Leaf leaf, String text) {
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

    Optional<LocalDate> day(Leaf leaf) {
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
