package io.gemproxy.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The commands of {@code docs/install.md}, and of other pages, as a reader copies them. */
record InstallGuide(String page) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```$");

    static InstallGuide of(String page) throws IOException {
        return new InstallGuide(
                Files.readString(Installation.checkout().resolve("docs").resolve(page)));
    }

    /**
     * The blocks of a section, in their order.
     *
     * @param heading without its marks
     * @param count how many there must be
     */
    List<String> under(String heading, int count) {
        String section =
                Pattern.compile("(?ms)^## " + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)")
                        .matcher(page)
                        .results()
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no section " + heading));
        List<String> blocks =
                new ArrayList<>(
                        BLOCK.matcher(section)
                                .results()
                                .map((MatchResult found) -> found.group(1))
                                .toList());
        if (blocks.size() != count) {
            throw new AssertionError(heading + " has " + blocks.size() + " blocks of commands");
        }
        return blocks;
    }
}
