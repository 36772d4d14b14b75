package io.gemproxy.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line as a shell reads it, as far as the manual needs one: {@code NAME=value} in front,
 * quotes, {@code <}, {@code >}, and a pipe into {@code head -N}.
 *
 * @param environment variables of this command alone
 * @param words the program and its arguments
 * @param input the file read, or nothing
 * @param output the file written, or nothing
 * @param most lines that are shown
 */
record ShellLine(
        Map<String, String> environment,
        List<String> words,
        String input,
        String output,
        int most) {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=(.*)");
    private static final Pattern HEAD = Pattern.compile("(.*) \\| head -([0-9]+)");

    static ShellLine of(String line) {
        Matcher head = HEAD.matcher(line);
        boolean cut = head.matches();
        Map<String, String> environment = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        String input = "";
        String output = "";
        List<String> all = split(cut ? head.group(1) : line);
        for (int i = 0; i < all.size(); i++) {
            Matcher assignment = ASSIGNMENT.matcher(all.get(i));
            switch (all.get(i)) {
                case "<" -> input = all.get(++i);
                case ">" -> output = all.get(++i);
                case String _ when words.isEmpty() && assignment.matches() ->
                        environment.put(assignment.group(1), assignment.group(2));
                default -> words.add(all.get(i));
            }
        }
        int most = cut ? Integer.parseInt(head.group(2)) : Integer.MAX_VALUE;
        return new ShellLine(Map.copyOf(environment), List.copyOf(words), input, output, most);
    }

    private static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String single = word.group(1);
            String quoted = single == null ? word.group(2) : single;
            words.add(quoted == null ? word.group(3) : quoted);
        }
        return words;
    }
}
