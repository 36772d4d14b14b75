package io.gemproxy.server.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Cuts the line to show out of a file, and masks what nobody may see. */
final class Excerpts {
    private static final Pattern LINE =
            Pattern.compile("(?<indent>[ -]*)(?<name>[A-Za-z0-9_.-]+)(?<colon> *:(?: +|$))?.*");

    private Excerpts() {}

    /** A line on which a key stands; its value is masked. */
    static Spot key(SourceText source, Node key, String shownName) {
        int line = line(key);
        int column = column(key);
        String indent = indent(source, line, column);
        Excerpt excerpt =
                new Excerpt(
                        line,
                        indent + shownName + ":",
                        indent.length() + 1,
                        Math.max(1, shownName.length()));
        return new Spot(new Place(source.name(), line, column), Optional.of(excerpt));
    }

    /** A line on which a value stands after its key. */
    static Spot value(SourceText source, String name, Node value, String shown) {
        int line = line(value);
        int column = column(value);
        String line1 = source.lines().size() < line ? "" : source.lines().get(line - 1);
        Matcher matcher = LINE.matcher(line1);
        String head =
                matcher.matches() && name.equals(matcher.group("name"))
                        ? matcher.group("indent") + name + ": "
                        : "… " + name + ": ";
        Excerpt excerpt =
                new Excerpt(line, head + shown, head.length() + 1, Math.max(1, shown.length()));
        return new Spot(new Place(source.name(), line, column), Optional.of(excerpt));
    }

    /** A line the parser could not read: only the name of a known key is shown of it. */
    static Spot syntax(SourceText source, int line, int column) {
        Place place = new Place(source.name(), line, column);
        if (line > source.lines().size()) {
            return new Spot(place, Optional.empty());
        }
        Matcher matcher = LINE.matcher(source.lines().get(line - 1));
        if (!matcher.matches() || !isKnown(matcher.group("name"))) {
            return new Spot(place, Optional.empty());
        }
        boolean hasColon = matcher.group("colon") != null;
        String head = matcher.group("indent") + matcher.group("name") + (hasColon ? ": " : "");
        String text = hasColon ? head + Shown.MASK : head;
        int caret = Math.min(column, text.length());
        return new Spot(place, Optional.of(new Excerpt(line, text, Math.max(1, caret), 1)));
    }

    static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
    }

    private static boolean isKnown(String name) {
        return Settings.all().stream()
                .anyMatch(setting ->
                        ("." + setting.path().replace("[]", "") + ".").contains("." + name + "."));
    }

    private static String indent(SourceText source, int line, int column) {
        if (line < 1 || line > source.lines().size()) {
            return "";
        }
        String text = source.lines().get(line - 1);
        String before = text.substring(0, Math.min(column - 1, text.length()));
        return before.matches("[ -]*") ? before : "… ";
    }
}
