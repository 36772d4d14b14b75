package io.gemproxy.server.gemini;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a request body holds what all requests of one conversation begin with: implicit caching
 * works on the beginning of the prompt, which is instruction, tools, contents (caching guide).
 *
 * @param instructions system instruction and tools, in the order of the body
 * @param firstTurn the first content or message that is no instruction; as much of it as was seen
 */
public record PromptOpening(List<Slice> instructions, Optional<Slice> firstTurn) {
    private static final Set<String> INSTRUCTIONS =
            Set.of("systemInstruction", "system_instruction", "tools");
    private static final Set<String> TURNS = Set.of("contents", "messages", "input");
    private static final Set<String> INSTRUCTING_ROLES = Set.of("system", "developer");
    private static final int LONGEST_NAME = 32;

    /** Bytes of the body. */
    public record Slice(int offset, int length) {}

    /**
     * Reads generateContent, chat completion and interaction requests alike.
     *
     * @param body the body or a prefix of it; may be cut off anywhere and hold anything, and then
     *     what was found before the fault counts
     */
    public static PromptOpening find(byte[] body) {
        Search search = new Search(body);
        search.object();
        return new PromptOpening(
                List.copyOf(search.instructions), Optional.ofNullable(search.firstTurn));
    }

    /** One pass over a body. */
    private static final class Search {
        private final byte[] body;
        private final JsonSkip json;
        private final List<Slice> instructions = new ArrayList<>(3);
        private @Nullable Slice firstTurn;

        Search(byte[] body) {
            this.body = body;
            this.json = new JsonSkip(body);
        }

        void object() {
            int at = json.space(0);
            if (!json.is(at, '{')) {
                return;
            }
            at = json.space(at + 1);
            while (json.is(at, '"')) {
                int end = json.value(at);
                int colon = json.space(end);
                if (!json.is(colon, ':')) {
                    return;
                }
                at = member(text(at, end), json.space(colon + 1));
                at = json.is(at, ',') ? json.space(at + 1) : body.length;
            }
        }

        /** Where the text goes on behind the value. */
        private int member(String name, int start) {
            if (TURNS.contains(name) && json.is(start, '[')) {
                return turns(start);
            }
            int end = json.value(start);
            if (INSTRUCTIONS.contains(name)) {
                instruct(start, end);
            } else if (TURNS.contains(name) && firstTurn == null) {
                firstTurn = new Slice(start, end - start);
            }
            return json.space(end);
        }

        /** Of an instruction that is cut off, other requests may show more or less. */
        private void instruct(int start, int end) {
            if (end < body.length) {
                instructions.add(new Slice(start, end - start));
            }
        }

        private int turns(int array) {
            int at = json.space(array + 1);
            while (firstTurn == null && at < body.length && !json.is(at, ']')) {
                int end = json.value(at);
                if (instructs(at)) {
                    instruct(at, end);
                } else {
                    firstTurn = new Slice(at, end - at);
                }
                at = json.space(end);
                at = json.is(at, ',') ? json.space(at + 1) : at;
            }
            return json.space(json.rest(at));
        }

        /** Whether a message is the system's, as its role says. */
        private boolean instructs(int start) {
            int at = json.is(start, '{') ? json.space(start + 1) : body.length;
            while (json.is(at, '"')) {
                int end = json.value(at);
                int value = json.space(json.space(end) + 1);
                int valueEnd = json.value(value);
                if (text(at, end).equals("role")) {
                    return INSTRUCTING_ROLES.contains(text(value, valueEnd));
                }
                at = json.space(valueEnd);
                at = json.is(at, ',') ? json.space(at + 1) : body.length;
            }
            return false;
        }

        /** A string between its quotes; empty if it is too long to be a name. */
        private String text(int start, int end) {
            int length = end - start - 2;
            return length <= 0 || length > LONGEST_NAME
                    ? ""
                    : new String(body, start + 1, length, StandardCharsets.ISO_8859_1);
        }
    }
}
