package io.gemproxy.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {
    private static final String IDS = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";
    private static final String PARENT = "00-" + IDS + "-01";

    @Test
    void aParentIsTakenApart() {
        assertEquals(
                Optional.of(
                        new TraceContext(
                                "0af7651916cd43dd8448eb211c80319c",
                                "b7ad6b7169203331",
                                true,
                                Optional.of("rojo=1,congo=2"))),
                TraceContext.of(List.of(PARENT), List.of("rojo=1", "congo=2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cc-" + IDS + "-00", "cc-" + IDS + "-00-what-the-future-will-be-like"})
    void aLaterVersionIsReadAsFarAsItIsKnown(String later) {
        TraceContext trace = TraceContext.of(List.of(later), List.of()).orElseThrow();
        assertEquals("b7ad6b7169203331", trace.parentId());
        assertEquals(false, trace.sampled());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-" + IDS,
                "00-" + IDS + "-1",
                "00-" + IDS + "-0g",
                "00-" + IDS + "-01-extra",
                "00-" + IDS + "-01 ",
                "cc-" + IDS + "-01x",
                "ff-" + IDS + "-01",
                "0-" + IDS + "-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01"
            })
    void whatIsNotValidIsNoTrace(String parent) {
        assertTrue(TraceContext.of(List.of(parent), List.of("a=1")).isEmpty());
    }

    @Test
    void twoParentsAreNone() {
        assertTrue(TraceContext.of(List.of(PARENT, PARENT), List.of()).isEmpty());
        assertTrue(TraceContext.of(List.of(), List.of("a=1")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A=1", "a=", "=1", "a=1,b", "a=1=2", "@b=1", "a b=1", "a=\u00e9"})
    void aStateThatIsNotValidIsNone(String state) {
        assertEquals(Optional.empty(), state(List.of(state)));
    }

    @Test
    void theBoundsOfAState() {
        assertTrue(state(List.of(members(32))).isPresent());
        assertTrue(state(List.of(members(33))).isEmpty());
        assertTrue(state(List.of("a=" + "1".repeat(256), "b=" + "1".repeat(251))).isPresent());
        assertTrue(state(List.of("a=" + "1".repeat(256), "b=" + "1".repeat(253))).isEmpty());
        assertTrue(state(List.of("a=" + "1".repeat(257))).isEmpty());
    }

    private static String members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "k" + i + "=1")
                .collect(Collectors.joining(","));
    }

    private static Optional<String> state(List<String> states) {
        return TraceContext.of(List.of(PARENT), states).orElseThrow().state();
    }
}
