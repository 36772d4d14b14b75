package io.gemproxy.server;

import io.gemproxy.server.exchange.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one exchange may differ in beyond the rules for all, each for a reason the contract names.
 *
 * @param upstreamTarget the request target Google sees, where it is not the client's
 * @param answerHeaders fields the proxy must write in its own words; {@code {{any}}} in a value
 *     stands for letters, digits, {@code -} and {@code _}
 * @param removedAnswerHeaders fields of the answer that must not arrive
 */
record CorpusDifferences(
        Optional<String> upstreamTarget,
        List<HeaderField> answerHeaders,
        List<String> removedAnswerHeaders) {
    static final CorpusDifferences NONE =
            new CorpusDifferences(Optional.empty(), List.of(), List.of());

    /** Reads lines of {@code upstream-target T}, {@code answer-header N: V}, {@code removed N}. */
    static CorpusDifferences of(byte[] text) {
        Optional<String> target = Optional.empty();
        List<HeaderField> headers = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "", "#" -> {}
                case "upstream-target" -> target = Optional.of(words[1]);
                case "answer-header" -> headers.add(field(words[1]));
                case "removed" -> removed.add(words[1]);
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new CorpusDifferences(target, List.copyOf(headers), List.copyOf(removed));
    }

    private static HeaderField field(String line) {
        int colon = line.indexOf(':');
        return new HeaderField(line.substring(0, colon), line.substring(colon + 1).strip());
    }
}
