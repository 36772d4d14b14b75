package io.gemproxy.cli;

import java.util.ArrayList;
import java.util.List;

/** The manual of the commands, in sections, with the transcripts in it. */
final class Manual {
    private static final String HEADING = "## `";
    private static final String FENCE = "```";
    private static final String PROMPT = "$ ";

    private Manual() {}

    /** Plays one command line of a section and says what the terminal shows. */
    interface Player {
        List<String> play(String section, String command) throws Exception;
    }

    /** The sections, each named as the command it is about, in order. */
    static List<String> sections(String manual) {
        return manual.lines()
                .filter(line -> line.startsWith(HEADING))
                .map(Manual::command)
                .toList();
    }

    /** The command lines of all transcripts, each with its section in front. */
    static List<String> commands(String manual) throws Exception {
        List<String> all = new ArrayList<>();
        replayed(
                manual,
                (section, command) -> {
                    all.add(section + ": " + command);
                    return List.of();
                });
        return all;
    }

    /** The manual as it reads when the commands of its transcripts are played, top to bottom. */
    static String replayed(String manual, Player player) throws Exception {
        List<String> out = new ArrayList<>();
        String section = "";
        boolean fenced = false;
        boolean transcript = false;
        for (String line : manual.split("\n", -1)) {
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

    private static String command(String heading) {
        return heading.substring(HEADING.length(), heading.length() - 1);
    }
}
