package io.gemproxy.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies of every kind with counts and costs that were worked out by hand from Google's prices. */
class UsageCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/usage");
    private static final PriceTable PRICES = PriceTable.shipped();

    static List<Path> bodies() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereAreEnough() throws IOException {
        assertTrue(bodies().size() >= 50);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void countsAndCostAreExact(Path file) throws IOException {
        CorpusCase known = CorpusCase.read(file);
        for (int piece : new int[] {1, 7, Integer.MAX_VALUE}) {
            assertEquals(known.expected(), read(known, piece), known.why());
        }
    }

    private static CorpusCase.Expected read(CorpusCase known, int piece) {
        UsageTap tap = UsageTap.of(known.exchange(), PRICES, "");
        byte[] body = known.body().getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < body.length; at += Math.min(piece, body.length - at)) {
            tap.write(body, at, Math.min(piece, body.length - at));
        }
        Optional<TokenUsage> read = known.aborted() ? tap.abort() : tap.finish();
        TokenUsage usage = read.orElseThrow();
        Cost cost = tap.cost().orElseGet(() -> PRICES.cost(known.exchange(), usage));
        assertEquals("2026-08-24", cost.priceVersion());
        assertEquals(Counting.STATED, usage.detail().counting());
        return CorpusCase.Expected.of(usage, cost);
    }
}
