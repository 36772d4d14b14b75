package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One file of the corpus: what was asked, what is expected and why, and the answer's body. */
record CorpusCase(Exchange exchange, Expected expected, boolean aborted, String why, String body) {
    /** What comes of a body. */
    record Expected(
            long prompt,
            long cached,
            long candidates,
            long thoughts,
            long toolUse,
            long total,
            String costUsd,
            boolean unpriced,
            boolean mismatch) {
        static Expected of(TokenUsage usage, Cost cost) {
            return new Expected(
                    usage.prompt(),
                    usage.cached(),
                    usage.candidates(),
                    usage.thoughts(),
                    usage.toolUse(),
                    usage.total(),
                    cost.unpriced() && cost.picodollars() == 0
                            ? "none"
                            : cost.usd().toPlainString(),
                    cost.unpriced(),
                    !usage.isConserved());
        }
    }

    static CorpusCase read(Path file) throws IOException {
        String text = Files.readString(file);
        int end = text.indexOf("---\n");
        Map<String, String> head = new HashMap<>();
        for (String line : text.substring(0, end).lines().toList()) {
            String[] parts = line.split(":", 2);
            head.put(parts[0], parts[1].strip());
        }
        String marks = head.getOrDefault("marks", "");
        return new CorpusCase(
                exchange(head.getOrDefault("ask", "").split(" ", -1)),
                expected(head, marks),
                marks.contains("aborted"),
                file.getFileName() + ": " + head.get("why"),
                text.substring(end + 4));
    }

    private static Expected expected(Map<String, String> head, String marks) {
        Map<String, Long> counts = new HashMap<>();
        for (String count : head.getOrDefault("tokens", "").split(" ", -1)) {
            String[] parts = count.split("=", -1);
            counts.put(parts[0], Long.parseLong(parts[1]));
        }
        return new Expected(
                counts.getOrDefault("prompt", -1L),
                counts.getOrDefault("cached", -1L),
                counts.getOrDefault("candidates", -1L),
                counts.getOrDefault("thoughts", -1L),
                counts.getOrDefault("tool_use", -1L),
                counts.getOrDefault("total", -1L),
                head.getOrDefault("cost_usd", ""),
                marks.contains("unpriced"),
                marks.contains("mismatch"));
    }

    private static Exchange exchange(String... ask) {
        Operation operation =
                Arrays.stream(Operation.values())
                        .filter(it -> it.label().equals(ask[1]))
                        .findFirst()
                        .orElseThrow();
        return new Exchange(
                new RequestId("01JC0000000000000000000000"),
                Optional.empty(),
                Instant.parse(ask[3] + "T12:00:00Z"),
                0,
                ask[0],
                new GeminiTarget(
                        "/v1beta/x",
                        ask[1].startsWith("openai") ? Dialect.OPENAI : Dialect.NATIVE,
                        operation,
                        ask[2].equals("-") ? Optional.empty() : Optional.of(new ModelName(ask[2])),
                        Optional.empty()),
                "192.0.2.7",
                Optional.empty());
    }
}
