package io.gemproxy.server.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;

/** How values are read back from disk. */
public final class StateForms {
    private static final String NOTHING = "{}";

    private StateForms() {}

    /**
     * Makes ready what reads values of these types, which otherwise the first value of each makes.
     *
     * @param types those of {@link StatePart}s, {@link JournalPart}s and {@link DurableFile}s
     */
    public static void prepare(List<Class<?>> types) {
        for (Class<?> type : types) {
            try {
                Json.MAPPER.readValue(NOTHING, type);
            } catch (JsonProcessingException incomplete) {
                // a value cannot be made of nothing, but by now it is known how one is made
            }
        }
    }
}
