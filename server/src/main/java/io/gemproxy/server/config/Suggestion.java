package io.gemproxy.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
final class Suggestion {
    /** Fewer letters begin too many names. */
    private static final int SHORTEST = 3;

    private Suggestion() {}

    /** The nearest of the names, if it is near enough to be worth a question. */
    static Optional<String> nearest(String written, Collection<String> names) {
        if (written.length() > 80) {
            return Optional.empty();
        }
        String word = plain(written);
        return names.stream()
                .filter(name -> distance(word, plain(name)) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(word, plain(name))))
                .or(() -> onlyBeginning(word, names));
    }

    /** The one name that begins like the word, or that the word begins with. */
    private static Optional<String> onlyBeginning(String word, Collection<String> names) {
        List<String> alike =
                names.stream()
                        .filter(name -> Math.min(name.length(), word.length()) >= SHORTEST)
                        .filter(name ->
                                plain(name).startsWith(word) || word.startsWith(plain(name)))
                        .toList();
        return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Insertions, deletions, replacements and swaps of neighbours. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
