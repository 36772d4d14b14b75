package io.gemproxy.simulator.script;

import io.gemproxy.simulator.faults.Act;
import io.gemproxy.simulator.faults.Gate;
import io.gemproxy.simulator.faults.Plan;
import io.gemproxy.simulator.faults.Point;
import io.gemproxy.simulator.faults.Refusal;
import io.gemproxy.simulator.faults.RefusalReasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The verbs of the script language. */
final class Effects {
    private static final byte[] GARBAGE =
            "\u0000\u0016\u0003garbage not http\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private final Function<String, Gate> gates;
    private final Map<String, byte[]> raws;
    private final Path directory;

    Effects(Function<String, Gate> gates, Map<String, byte[]> raws, Path directory) {
        this.gates = gates;
        this.raws = raws;
        this.directory = directory;
    }

    /** Reads one effect and what belongs to it. */
    Consumer<Plan> read(Words words) {
        if (words.numberFollows()) {
            return refusal(words);
        }
        String verb = words.word("what happens").toLowerCase(Locale.ROOT);
        return switch (verb) {
            case "reset" -> strike(point(words), new Act.Reset());
            case "close", "truncate" -> strike(point(words), new Act.Close());
            case "stall" -> stall(words);
            case "delay" -> strike(new Point.Head(), new Act.Stall(words.time("a time")));
            case "insert" -> insert(words);
            case "error" -> midStream(words);
            case "drip" -> drip(words);
            case "gate" -> gate(words);
            case "garbage" -> plan -> plan.raw(GARBAGE);
            case "raw" -> raw(words);
            case "header" -> header(words);
            case "huge" -> huge(words);
            case "content-length" -> length(words);
            case "duplicate" -> duplicate(words);
            case "unframed" -> plan -> plan.wire().untilClose();
            case "no-last-crlf" -> plan -> plan.wire().withoutLastCrlf();
            case "trailing" -> trailing(words);
            case "informational" -> informational(words);
            case "early" -> early(words);
            case "disconnect" -> plan -> plan.wire().closeAfter();
            case "idle-close" -> idle(words);
            default -> model(verb, words);
        };
    }

    @SuppressWarnings("RefactorSwitch")
    private static Consumer<Plan> model(String verb, Words words) {
        switch (verb) {
            case "events" -> {
                int count = words.number("how many events");
                return plan -> plan.events(count);
            }
            case "size" -> {
                long size = words.size("how many characters");
                return plan -> plan.size(size);
            }
            case "text" -> {
                String text = words.word("the text, in quotes");
                return plan -> plan.text(text);
            }
            case "finish" -> {
                String reason = words.word("the finishReason");
                return plan -> plan.finish(reason);
            }
            case "block" -> {
                String reason = words.word("the blockReason");
                return plan -> plan.block(reason);
            }
            case "redirect" -> {
                return Plan::redirect;
            }
            case "no-gzip" -> {
                return Plan::plainBody;
            }
            default ->
                    throw words.wrong(
                            "'" + verb + "' is not something the simulator can do",
                            "use a status, or one of reset, close, truncate, stall, delay, drip,"
                                    + " gate, insert, error, garbage, raw, header, huge,"
                                    + " content-length, duplicate, unframed, no-last-crlf,"
                                    + " trailing, informational, early, disconnect, idle-close,"
                                    + " events, size, text, finish, block, redirect, no-gzip");
        }
    }

    private static Consumer<Plan> refusal(Words words) {
        Refusal refusal = status(words);
        return plan -> plan.refuse(refusal);
    }

    private static Refusal status(Words words) {
        int status = words.number("a status");
        if (status < 300 || status > 599) {
            throw words.wrong("status " + status + " is no error", "use one from 300 to 599");
        }
        String reason = null;
        Duration retry = null;
        String message = null;
        while (words.more()) {
            if (words.take("retry")) {
                retry = words.time("the wait");
            } else if (words.take("message")) {
                message = words.word("the message, in quotes");
            } else {
                String known = RefusalReasons.take(status, word -> words.take(word));
                if (known == null) {
                    break;
                }
                reason = known;
            }
        }
        return new Refusal(status, reason, retry, message);
    }

    private static Consumer<Plan> strike(Point point, Act act) {
        return plan -> plan.wire().strike(point, act);
    }

    private static Point point(Words words) {
        if (!words.take("at")) {
            throw words.wrong(
                    "it does not say where",
                    "add 'at headers', 'at byte N', 'at event N' or 'at end'");
        }
        if (words.take("byte")) {
            return new Point.AtByte(words.size("which byte"));
        }
        if (words.take("event")) {
            return new Point.Event(words.number("which event"));
        }
        if (words.take("end")) {
            return new Point.End();
        }
        if (words.take("headers", "head")) {
            return new Point.Head();
        }
        throw words.wrong("the place is not understood", "use headers, byte N, event N or end");
    }

    private Consumer<Plan> stall(Words words) {
        Point point = point(words);
        if (words.take("for")) {
            return strike(point, new Act.Stall(words.time("how long")));
        }
        if (words.take("until")) {
            return strike(point, new Act.Hold(gates.apply(words.word("the name of a gate"))));
        }
        return strike(point, new Act.Stall(null));
    }

    private static Consumer<Plan> insert(Words words) {
        byte[] bytes = bytes(words.word("the bytes, in quotes"));
        return strike(point(words), new Act.Insert(bytes));
    }

    /** "error 503 at event 3": the stream goes on with an error object and ends cleanly. */
    private static Consumer<Plan> midStream(Words words) {
        Refusal refusal = status(words);
        Point point = point(words);
        return plan -> plan.midStream(point, refusal);
    }

    private static Consumer<Plan> drip(Words words) {
        int count = words.number("how many bytes");
        if (!words.take("byte", "bytes") || !words.take("per", "every") || count < 1) {
            throw words.wrong("the drip is not understood", "write 'drip 1 byte per 50ms'");
        }
        Duration pause = words.time("a time");
        return plan -> plan.wire().drip(count, pause);
    }

    private Consumer<Plan> gate(Words words) {
        Gate gate = gates.apply(words.word("the name of a gate"));
        return plan -> plan.wire().gate(gate);
    }

    private Consumer<Plan> raw(Words words) {
        String file = words.word("the name of a file");
        byte[] given = raws.get(file);
        if (given != null) {
            return plan -> plan.raw(given);
        }
        try {
            byte[] bytes = Files.readAllBytes(directory.resolve(file));
            return plan -> plan.raw(bytes);
        } catch (IOException unreadable) {
            throw words.wrong(
                    "'" + file + "' cannot be read", "name a file with the bytes of an answer");
        }
    }

    private static Consumer<Plan> header(Words words) {
        String name = words.word("a header name");
        String value = words.word("a header value");
        return plan -> plan.wire().header(name + ": " + value);
    }

    private static Consumer<Plan> huge(Words words) {
        if (!words.take("header", "headers")) {
            throw words.wrong("what is huge?", "write 'huge header 100k'");
        }
        String line = "X-Huge: " + "h".repeat(words.number("its size"));
        return plan -> plan.wire().header(line);
    }

    private static Consumer<Plan> length(Words words) {
        long length = words.size("the length to announce");
        return plan -> plan.wire().announce(length);
    }

    private static Consumer<Plan> duplicate(Words words) {
        if (!words.take("content-length")) {
            throw words.wrong("what is sent twice?", "write 'duplicate content-length'");
        }
        return plan -> plan.wire().repeatLength();
    }

    private static Consumer<Plan> trailing(Words words) {
        byte[] bytes = bytes(words.word("the bytes, in quotes"));
        return plan -> plan.wire().trail(bytes);
    }

    private static Consumer<Plan> informational(Words words) {
        int status = words.number("a status from 100 to 199");
        return plan -> plan.wire().informational(status);
    }

    private static Consumer<Plan> early(Words words) {
        Refusal refusal = status(words);
        return plan -> {
            plan.refuse(refusal);
            plan.wire().early();
        };
    }

    private static Consumer<Plan> idle(Words words) {
        Duration time = words.time("how long it may be idle");
        return plan -> plan.wire().closeIdleAfter(time);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
