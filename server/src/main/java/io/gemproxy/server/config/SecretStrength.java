package io.gemproxy.server.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures whether a secret could be guessed, from nothing but its characters. */
final class SecretStrength {
    private static final int RANDOM_BYTES = 32;
    private static final double FEWEST_BITS = 3.0;
    private static final double FEWEST_DIFFERENT_TRIPLES = 0.75;
    private static final double MOST_COMMON_PAIRS = 0.2;
    private static final int FEWEST_CLASSES = 3;

    /** The pairs of letters of which half of all English text is made. */
    private static final Set<String> COMMON_PAIRS =
            Set.of(
                    "th", "he", "in", "er", "an", "re", "on", "at", "en", "nd", "ti", "es", "or",
                    "te", "of", "ed", "is", "it", "al", "ar", "st", "to", "nt", "ng", "se", "ha",
                    "as", "ou", "io", "le", "ve", "co", "me", "de", "hi", "ri", "ro", "ic", "ne",
                    "ea", "ra", "ce", "li", "ch", "ll", "be", "ma", "si", "om", "ur");

    private static final Pattern WORDS =
            Pattern.compile("[A-Za-z]{1,14}([ _.-][A-Za-z]{1,14}){2,}([ _.-]?[0-9]{1,4})?");

    private SecretStrength() {}

    /** Whether it has three of small letters, capitals, digits and other characters. */
    static boolean isMixed(String secret) {
        List<IntPredicate> classes =
                List.of(
                        Character::isLowerCase,
                        Character::isUpperCase,
                        Character::isDigit,
                        c -> !Character.isLetterOrDigit(c));
        return classes.stream().filter(it -> secret.codePoints().anyMatch(it)).count()
                >= FEWEST_CLASSES;
    }

    /** Whether it neither has few different characters nor repeats itself. */
    static boolean isVaried(String secret) {
        List<String> triples = pieces(secret, 3).toList();
        return bitsPerCharacter(secret) >= FEWEST_BITS
                && triples.stream().distinct().count() >= triples.size() * FEWEST_DIFFERENT_TRIPLES;
    }

    /** Whether it may be the output of a generator: long, varied, and not made of words. */
    static boolean looksRandom(String secret) {
        if (secret.getBytes(StandardCharsets.UTF_8).length < RANDOM_BYTES
                || !isVaried(secret)
                || WORDS.matcher(secret).matches()) {
            return false;
        }
        List<String> pairs = pieces(secret.toLowerCase(Locale.ROOT), 2).toList();
        return pairs.stream().filter(COMMON_PAIRS::contains).count()
                <= pairs.size() * MOST_COMMON_PAIRS;
    }

    private static Stream<String> pieces(String text, int size) {
        return IntStream.rangeClosed(0, text.length() - size)
                .mapToObj(at -> text.substring(at, at + size));
    }

    /** Shannon entropy of the characters. */
    static double bitsPerCharacter(String text) {
        return text
                .chars()
                .boxed()
                .collect(Collectors.groupingBy(c -> c, Collectors.counting()))
                .values()
                .stream()
                .mapToDouble(count -> (double) count / text.length())
                .map(share -> -share * Math.log(share) / Math.log(2))
                .sum();
    }
}
