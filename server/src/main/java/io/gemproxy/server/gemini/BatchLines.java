package io.gemproxy.server.gemini;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts what the lines of a batch's input file ask for while it passes, a piece at a time and
 * without keeping it: native ones ({@code request}) and those of the OpenAI-compatible API ({@code
 * body}).
 *
 * <p>Each object that begins outside of any other is a request, so that what is not understood
 * counts rather more than less.
 */
public final class BatchLines {
    private static final int MOST_MODELS = 8;
    private static final int LONGEST = 64;

    /** What is told of stands no deeper: in the configuration of a line's request. */
    private static final int DEEPEST = 3;

    private final boolean multipart;
    private final Set<ModelName> models = new LinkedHashSet<>();
    private final Line[] containers = new Line[DEEPEST + 1];
    private final byte[] word = new byte[LONGEST];
    private int length;
    private boolean worded;
    private boolean inString;
    private boolean escaped;
    private byte quote;
    private int depth;
    private Line name = Line.OTHER;
    private boolean begun;
    private BatchRequest request = new BatchRequest();
    private BatchBound sum = BatchBound.NOTHING;

    /**
     * @param multipart whether the file comes with form fields or its description around it
     */
    public BatchLines(boolean multipart) {
        this.multipart = multipart;
        Arrays.fill(containers, Line.OTHER);
    }

    /** One that goes on from here by itself. */
    public BatchLines copy() {
        BatchLines copy = new BatchLines(multipart);
        copy.models.addAll(models);
        System.arraycopy(containers, 0, copy.containers, 0, containers.length);
        System.arraycopy(word, 0, copy.word, 0, word.length);
        copy.length = length;
        copy.worded = worded;
        copy.inString = inString;
        copy.escaped = escaped;
        copy.quote = quote;
        copy.depth = depth;
        copy.name = name;
        copy.begun = begun;
        copy.request = request.copy();
        copy.sum = sum;
        return copy;
    }

    /** What all of them ask for that have passed, one that is not over yet included. */
    public BatchOrder order() {
        return new BatchOrder(begun ? request.after(sum) : sum, List.copyOf(models));
    }

    /** The next piece of the file. */
    public void accept(byte[] bytes, int offset, int count) {
        int end = offset + count;
        for (int i = offset; i < end; i++) {
            if (inString && !escaped) {
                int plain = StringEnd.find(bytes, i, end, (char) quote, '\\', '\n');
                keep(bytes, i, plain);
                i = plain;
                if (i == end) {
                    return;
                }
            }
            step(bytes[i]);
        }
    }

    private void step(byte next) {
        if (next == '\n') {
            endLine();
        } else if (inString) {
            inString(next);
        } else {
            between(next);
        }
    }

    private void inString(byte next) {
        if (escaped) {
            escaped = false;
            // one of four digits in hexadecimal makes this no word that is known here
            keep(next == 'u' ? (byte) '?' : next);
        } else if (next == '\\') {
            escaped = true;
        } else {
            inString = false;
        }
    }

    private void between(byte next) {
        switch (next) {
            case '"', '\'' -> {
                inString = true;
                quote = next;
                begin();
            }
            case '{', '[' -> open(next == '{');
            case '}', ']' -> close();
            case ',' -> {
                value();
                name = Line.OTHER;
            }
            case ':' -> {
                Line container = worded ? containers[depth] : Line.OTHER;
                name = container == Line.OTHER ? Line.OTHER : Line.of(container, text());
                worded = false;
            }
            case ' ', '\t', '\r' -> {}
            default -> bare(next);
        }
    }

    private void bare(byte next) {
        if (!worded) {
            begin();
        }
        keep(next);
    }

    private void begin() {
        worded = depth > 0 && depth <= DEEPEST;
        length = 0;
    }

    private void keep(byte next) {
        if (worded) {
            if (length < LONGEST) {
                word[length] = next;
            }
            length = Math.min(length + 1, LONGEST + 1);
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        if (worded) {
            int kept = Math.min(to - from, LONGEST - length);
            if (kept > 0) {
                System.arraycopy(bytes, from, word, length, kept);
            }
            length = Math.min(length + to - from, LONGEST + 1);
        }
    }

    /** Of a word that is longer than any that is known here, nothing. */
    private String text() {
        return length > LONGEST ? "" : new String(word, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void open(boolean object) {
        if (depth == 0) {
            begun |= object;
            name = object ? Line.TOP : Line.OTHER;
        } else {
            request.holds(name);
        }
        depth++;
        if (depth <= DEEPEST) {
            containers[depth] = object ? name : Line.OTHER;
        }
        name = Line.OTHER;
        worded = false;
    }

    private void close() {
        value();
        name = Line.OTHER;
        depth = Math.max(0, depth - 1);
        if (depth == 0) {
            end();
        }
    }

    private void value() {
        if (worded && name != Line.OTHER) {
            request.says(name, text());
            if (name == Line.MODEL && models.size() < MOST_MODELS) {
                ModelNames.of(text()).ifPresent(models::add);
            }
        }
        worded = false;
    }

    /** A line is read by itself: a broken one must not hide what the next one asks for. */
    private void endLine() {
        value();
        end();
        inString = false;
        escaped = false;
        depth = 0;
        name = Line.OTHER;
    }

    private void end() {
        boolean description = multipart && sum.requests() == 0 && request.isDescription();
        if (begun && !description) {
            sum = request.after(sum);
        }
        if (begun) {
            request = new BatchRequest();
        }
        begun = false;
    }

    /** What a member of a line may be, by its name and where it stands. */
    enum Line {
        TOP,
        REQUEST,
        BODY,
        CONFIG,
        FILE,
        URL,
        MODEL,
        MOST,
        CANDIDATES,
        MESSAGES,
        OTHER;

        static Line of(Line container, String name) {
            return switch (container) {
                case TOP ->
                        switch (name) {
                            case "request" -> REQUEST;
                            case "body" -> BODY;
                            case "file" -> FILE;
                            case "url" -> URL;
                            default -> OTHER;
                        };
                case REQUEST ->
                        name.equals("generationConfig") || name.equals("generation_config")
                                ? CONFIG
                                : OTHER;
                case BODY ->
                        switch (name) {
                            case "model" -> MODEL;
                            case "max_tokens", "max_completion_tokens", "max_output_tokens" -> MOST;
                            case "n" -> CANDIDATES;
                            case "messages" -> MESSAGES;
                            default -> OTHER;
                        };
                case CONFIG ->
                        switch (name) {
                            case "maxOutputTokens", "max_output_tokens" -> MOST;
                            case "candidateCount", "candidate_count" -> CANDIDATES;
                            default -> OTHER;
                        };
                case FILE, URL, MODEL, MOST, CANDIDATES, MESSAGES, OTHER -> OTHER;
            };
        }
    }
}
