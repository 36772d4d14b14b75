package io.gemproxy.server.keys.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.cache.CacheAffinityConfig.By;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HintReaderTest {
    private static final ClientId ALICE = new ClientId("alice");
    private static final ClientId BOB = new ClientId("bob");
    private static final Optional<ModelName> FLASH = Optional.of(new ModelName("gemini-2.5-flash"));
    private static final String RULES = "be kind ".repeat(1_000);
    private static final String FIRST = "What is a cache?";

    private final HintReader reader = new HintReader(By.BOTH, new Random(1));

    private static String turn(String role, String text) {
        return "{\"role\":\"%s\",\"parts\":[{\"text\":\"%s\"}]}".formatted(role, text);
    }

    /** As the SDKs write it: contents, then instructions. */
    private static byte[] body(String instruction, String... turns) {
        String system = turn("user", instruction);
        return "{\"contents\":[%s],\"systemInstruction\":%s,\"generationConfig\":{}}"
                .formatted(String.join(",", turns), system)
                .getBytes(StandardCharsets.UTF_8);
    }

    private CacheHints hints(byte[] body) {
        return reader.read(ALICE, FLASH, Optional.empty(), body, true);
    }

    @Test
    void allTurnsOfAConversationShareTheirHints() {
        CacheHints first = hints(body(RULES, turn("user", FIRST)));
        CacheHints second =
                hints(
                        body(
                                RULES,
                                turn("user", FIRST),
                                turn("model", "A memory."),
                                turn("user", "Of what?")));
        assertEquals(first, second);
        assertEquals(1, first.underWay().size());
    }

    @Test
    void anotherConversationSharesTheInstructionsOnly() {
        CacheHints one = hints(body(RULES, turn("user", FIRST)));
        CacheHints other = hints(body(RULES, turn("user", "Hello")));
        assertEquals(one.instructions(), other.instructions());
        assertTrue(Collections.disjoint(one.underWay(), other.underWay()));
        CacheHints elsewhere = hints(body("x" + RULES, turn("user", FIRST)));
        assertNotEquals(one.instructions(), elsewhere.instructions());
        assertTrue(Collections.disjoint(one.underWay(), elsewhere.underWay()));
    }

    @Test
    void promptsThatDifferBehindALongDocumentShareTheirHints() {
        String document = "document ".repeat(2_000);
        assertEquals(
                hints(body(RULES, turn("user", document + "first question"))),
                hints(body(RULES, turn("user", document + "second question"))));
    }

    @Test
    void clientsModelsAndProcessesShareNothing() {
        byte[] body = body(RULES, turn("user", FIRST));
        Optional<String> session = Optional.of("s1");
        CacheHints alice = reader.read(ALICE, FLASH, session, body, true);
        assertEquals(2, alice.underWay().size());
        CacheHints bob = reader.read(BOB, FLASH, session, body, true);
        CacheHints pro =
                reader.read(
                        ALICE, Optional.of(new ModelName("gemini-2.5-pro")), session, body, true);
        CacheHints restarted =
                new HintReader(By.BOTH, new Random(2)).read(ALICE, FLASH, session, body, true);
        for (CacheHints other : new CacheHints[] {bob, pro, restarted}) {
            assertNotEquals(alice.instructions(), other.instructions());
            assertTrue(Collections.disjoint(alice.underWay(), other.underWay()));
        }
    }

    @Test
    void aPromptThatIsTooShortToBeCachedBelongsToNone() {
        assertEquals(CacheHints.NONE, hints(body("short", turn("user", FIRST))));
        CacheHints mostlyTurns = hints(body("short", turn("user", RULES)));
        assertTrue(mostlyTurns.instructions().isEmpty());
        assertEquals(1, mostlyTurns.underWay().size());
    }

    @Test
    void aConversationIsKnownAgainOnceItIsTooLongToBeSeenWhole() {
        String answer = turn("model", "long ".repeat(30_000));
        byte[] before = body(RULES, turn("user", FIRST), answer);
        byte[] after = Arrays.copyOf(body(RULES, turn("user", FIRST), answer, answer), 256 * 1024);
        CacheHints cut = reader.read(ALICE, FLASH, Optional.empty(), after, false);
        assertTrue(hints(before).underWay().containsAll(cut.underWay()));
        assertEquals(1, cut.underWay().size());
    }

    @Test
    void theConfigurationSaysWhatIsLookedAt() {
        byte[] body = body(RULES, turn("user", FIRST));
        Optional<String> session = Optional.of("s1");
        CacheHints bySession =
                new HintReader(By.SESSION, new Random(1)).read(ALICE, FLASH, session, body, true);
        assertTrue(bySession.instructions().isEmpty());
        assertEquals(1, bySession.underWay().size());
        CacheHints byPrefix =
                new HintReader(By.PREFIX, new Random(1)).read(ALICE, FLASH, session, body, true);
        assertEquals(1, byPrefix.underWay().size());
        assertTrue(Collections.disjoint(byPrefix.underWay(), bySession.underWay()));
        String tooLong = "x".repeat(HintReader.LONGEST_SESSION + 1);
        assertEquals(
                CacheHints.NONE,
                new HintReader(By.SESSION, new Random(1))
                        .read(ALICE, FLASH, Optional.of(tooLong), body, true));
    }
}
