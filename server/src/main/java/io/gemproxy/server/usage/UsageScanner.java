package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.StringEnd;
import io.gemproxy.server.gemini.TokenUsage;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the usage object at the top of each JSON text of a stream (unary, SSE events, elements of
 * an array), byte by byte, in any split. The same words inside a string or deeper in the text,
 * where a model's own words may stand, do not count.
 */
final class UsageScanner implements AnswerReader {
    private static final int LARGEST_OBJECT = 8 * 1024;

    private enum State {
        OUTSIDE,
        STRING,
        ESCAPE
    }

    private final UsageShape shape;
    private final GroundingScan grounding = new GroundingScan();
    private final @Nullable AnswerWatch watch;
    private final byte[] name;
    private byte[] object = new byte[0];
    private State state = State.OUTSIDE;
    private int nameLength;
    private boolean namesMember;
    private boolean colonSeen;
    private boolean inArray;
    private boolean events;
    private boolean insideParent;
    private boolean parentNext;
    private int newlines;
    private int depth;
    private int objectDepth = -1;
    private int objectLength;
    private Optional<TokenUsage> last = Optional.empty();
    private Optional<TokenUsage> largest = Optional.empty();

    UsageScanner(UsageShape shape) {
        this(shape, null);
    }

    /**
     * @param watch is told which model answers and when each text ends; null if nobody asks
     */
    UsageScanner(UsageShape shape, @Nullable AnswerWatch watch) {
        this.shape = shape;
        this.watch = watch;
        this.name = new byte[watch == null ? GroundingScan.LONGEST_NAME : AnswerWatch.LONGEST];
    }

    @Override
    public Optional<TokenUsage> last() {
        return last.map(this::grounded);
    }

    @Override
    public Optional<TokenUsage> largest() {
        return largest.map(this::grounded);
    }

    private TokenUsage grounded(TokenUsage usage) {
        return grounding.most() == 0
                ? usage
                : usage.with(usage.detail().withSearches(grounding.most()));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            if (state == State.STRING) {
                int to = StringEnd.find(bytes, at, end, '"', '\\', '\n');
                if (objectDepth >= 0) {
                    keep(bytes, at, to - at);
                } else {
                    name(bytes, at, to - at);
                }
                at = to;
            }
            if (at < end) {
                take(bytes[at++]);
            }
        }
    }

    /** Plain bytes of a string that may be a name. */
    private void name(byte[] bytes, int offset, int count) {
        if (nameLength + count > name.length) {
            nameLength = name.length + 1;
        } else {
            System.arraycopy(bytes, offset, name, nameLength, count);
            nameLength += count;
        }
    }

    private void take(byte b) {
        if (objectDepth >= 0) {
            keep(b);
        }
        switch (state) {
            case ESCAPE -> state = State.STRING;
            case STRING -> inString(b);
            case OUTSIDE -> outside(b);
        }
    }

    private void inString(byte b) {
        if (b == '\\') {
            state = State.ESCAPE;
            nameLength = name.length + 1;
        } else if (b == '"') {
            state = State.OUTSIDE;
            endName();
        } else if (b == '\n') {
            // No JSON string holds a raw line feed: the text was cut, the next event starts afresh.
            restart();
        }
    }

    private void endName() {
        namesMember = false;
        parentNext = false;
        colonSeen = false;
        if (objectDepth >= 0) {
            return;
        }
        int top = inArray ? 2 : 1;
        grounding.string(name, nameLength, depth, depth == top + 2);
        boolean ours = depth == top || (insideParent && depth == top + 1);
        if (watch != null && watch.wantsModel() && ours) {
            watch.string(shape.namesModel(name, nameLength), name, nameLength);
        }
        if (nameLength > name.length) {
            return;
        }
        namesMember = shape.isMember(name, nameLength) && ours;
        parentNext = depth == top && shape.isParent(name, nameLength);
    }

    private void outside(byte b) {
        if (b == '\n') {
            newline();
            return;
        }
        if (b == '\r' || b == ' ' || b == '\t') {
            return;
        }
        newlines = 0;
        switch (b) {
            case '"' -> {
                state = State.STRING;
                nameLength = names() ? 0 : name.length + 1;
            }
            case '{', '[' -> open(b);
            case '}', ']' -> closeOne();
            case ':' -> colon();
            default -> other();
        }
    }

    /** Whether a string that begins here may be a name that matters. */
    private boolean names() {
        return objectDepth < 0 && (depth <= (inArray ? 4 : 3) || grounding.wants(depth));
    }

    private void colon() {
        colonSeen = namesMember || parentNext;
        if (watch != null) {
            watch.colon();
        }
    }

    private void other() {
        events |= depth == 0;
        forgetName();
    }

    private void newline() {
        newlines++;
        if (events && newlines >= 2) {
            restart();
        }
    }

    private void open(byte b) {
        if (depth == 0) {
            inArray = b == '[';
        }
        if (colonSeen && b == '{' && objectDepth < 0) {
            if (namesMember) {
                objectDepth = depth;
                objectLength = 0;
                keep(b);
            } else {
                insideParent = parentNext;
            }
        }
        if (objectDepth < 0) {
            grounding.open(b, depth);
        }
        depth++;
        forgetName();
    }

    private void closeOne() {
        depth = Math.max(0, depth - 1);
        forgetName();
        grounding.close(depth);
        if (depth == (inArray ? 1 : 0)) {
            grounding.restart();
            textEnded();
        }
        if (depth == objectDepth) {
            end();
        }
        if (depth <= (inArray ? 2 : 1)) {
            insideParent = false;
        }
    }

    private void textEnded() {
        if (watch != null) {
            watch.textEnded();
        }
    }

    private void end() {
        objectDepth = -1;
        if (objectLength <= LARGEST_OBJECT) {
            shape.read(object, objectLength).ifPresent(this::seen);
        }
    }

    private void seen(TokenUsage usage) {
        last = Optional.of(usage);
        if (largest.isEmpty() || usage.total() >= largest.get().total()) {
            largest = last;
        }
    }

    private void keep(byte b) {
        if (objectLength < LARGEST_OBJECT) {
            makeRoom(objectLength + 1);
            object[objectLength] = b;
        }
        objectLength = Math.min(objectLength + 1, LARGEST_OBJECT + 1);
    }

    private void keep(byte[] bytes, int offset, int count) {
        int whole = objectLength + count;
        if (whole <= LARGEST_OBJECT) {
            makeRoom(whole);
            System.arraycopy(bytes, offset, object, objectLength, count);
        }
        objectLength = Math.min(whole, LARGEST_OBJECT + 1);
    }

    private void makeRoom(int length) {
        if (length > object.length) {
            object = Arrays.copyOf(object, Math.max(length, Math.max(512, 2 * object.length)));
        }
    }

    private void forgetName() {
        namesMember = false;
        parentNext = false;
        colonSeen = false;
        if (watch != null) {
            watch.forgetName();
        }
    }

    private void restart() {
        state = State.OUTSIDE;
        depth = 0;
        objectDepth = -1;
        insideParent = false;
        grounding.restart();
        forgetName();
    }
}
