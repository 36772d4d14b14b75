package io.gemproxy.cli.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** All codes, from {@code codes.txt}: of each a title, a cause, an example and a fix. */
final class Codes {
    private static final String FILE = "codes.txt";

    private final List<Code> all;

    private Codes(List<Code> all) {
        this.all = all;
    }

    static Codes load() {
        try (InputStream file = Codes.class.getResourceAsStream(FILE)) {
            byte[] bytes = Objects.requireNonNull(file, FILE).readAllBytes();
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One code in a paragraph, each part on a line of its own. */
    private static Codes parse(String text) {
        List<Code> codes = new ArrayList<>();
        for (String paragraph : text.strip().split("\n\n", -1)) {
            List<String> lines = paragraph.lines().toList();
            String[] head = lines.getFirst().split(": ", 2);
            codes.add(
                    new Code(
                            head[0],
                            head[1],
                            part(lines.get(1), "cause"),
                            part(lines.get(2), "example"),
                            part(lines.get(3), "fix")));
        }
        return new Codes(List.copyOf(codes));
    }

    private static String part(String line, String name) {
        if (!line.startsWith(name + ": ")) {
            throw new IllegalStateException("no " + name + ": " + line);
        }
        return line.substring(name.length() + 2);
    }

    List<Code> all() {
        return all;
    }

    /** The code of this name, whatever its case. */
    Optional<Code> find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(code -> code.code().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }

    /** Codes that have this in their name or title, a few of them. */
    List<String> like(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(code ->
                        (code.code() + " " + code.title())
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted))
                .limit(5)
                .map(Code::code)
                .toList();
    }
}
