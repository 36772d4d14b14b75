package io.gemproxy.cli;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The manual of the commands: pages in the order of their index, in sections, with transcripts and
 * the fields of the JSON in them.
 */
final class Manual {
    private static final Path INDEX = Path.of("../docs/cli.md");
    private static final Pattern PAGE = Pattern.compile("(?m)^\\| .*]\\((cli/[a-z]+\\.md)\\) \\|");
    private static final String HEADING = "## `";
    private static final String FENCE = "```";
    private static final String FIELDS = "```fields";
    private static final String PROMPT = "$ ";

    private Manual() {}

    /** Plays one command line of a section and says what the terminal shows. */
    interface Player {
        List<String> play(String section, String command) throws Exception;
    }

    /** The files with a section for each command. */
    static List<Path> pages() throws IOException {
        return PAGE.matcher(Files.readString(INDEX))
                .results()
                .map(link -> INDEX.resolveSibling(link.group(1)))
                .toList();
    }

    /** The sections, each named as the command it is about, in order. */
    static List<String> sections() throws IOException {
        return pages().stream()
                .flatMap(page -> text(page).lines())
                .filter(line -> line.startsWith(HEADING))
                .map(Manual::command)
                .toList();
    }

    /** The command lines of all transcripts, each with its section in front. */
    static List<String> commands() throws Exception {
        List<String> all = new ArrayList<>();
        for (Path page : pages()) {
            replayed(
                    text(page),
                    (section, command) -> {
                        all.add(section + ": " + command);
                        return List.of();
                    });
        }
        return all;
    }

    /** A page as it reads when the commands of its transcripts are played, top to bottom. */
    static String replayed(String page, Player player) throws Exception {
        List<String> out = new ArrayList<>();
        String section = "";
        boolean fenced = false;
        boolean transcript = false;
        for (String line : page.split("\n", -1)) {
            if (line.startsWith(FENCE)) {
                fenced = !fenced;
                transcript = false;
            } else if (!fenced && line.startsWith(HEADING)) {
                section = command(line);
            } else if (fenced && line.startsWith(PROMPT)) {
                boolean afterAnswer = transcript && !out.getLast().startsWith(PROMPT);
                if (afterAnswer && !out.getLast().isEmpty()) {
                    out.add("");
                }
                transcript = true;
                out.add(line);
                out.addAll(player.play(section, line.substring(PROMPT.length())));
                continue;
            }
            if (!transcript) {
                out.add(line);
            }
        }
        return String.join("\n", out);
    }

    /** A page with these fields in its sections; one without a place for them gets none. */
    static String withFields(String page, Map<String, List<String>> fieldsBySection) {
        List<String> out = new ArrayList<>();
        String section = "";
        boolean listed = false;
        for (String line : page.split("\n", -1)) {
            if (line.startsWith(HEADING)) {
                section = command(line);
            }
            listed &= !line.equals(FENCE);
            if (!listed) {
                out.add(line);
            }
            if (line.equals(FIELDS)) {
                listed = true;
                out.addAll(requireNonNullElse(fieldsBySection.get(section), List.of()));
            }
        }
        return String.join("\n", out);
    }

    static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String command(String heading) {
        return heading.substring(HEADING.length(), heading.length() - 1);
    }
}
