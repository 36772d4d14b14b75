package io.gemproxy.server.audit;

import io.gemproxy.server.audit.LogCopy.Place;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A way to change a log; each gives the first line that is no longer right. */
enum Mutation {
    BIT_FLIPPED {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            byte[] bytes = log.bytes(file);
            int at = random.nextInt(bytes.length);
            Place place = new Place(file, lineOf(bytes, at));
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            log.put(file, bytes);
            return place;
        }
    },
    BYTE_REMOVED {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            byte[] bytes = log.bytes(file);
            int at = random.nextInt(bytes.length);
            Place place = new Place(file, lineOf(bytes, at));
            System.arraycopy(bytes, at + 1, bytes, at, bytes.length - at - 1);
            log.put(file, Arrays.copyOf(bytes, bytes.length - 1));
            return place;
        }
    },
    BYTE_ADDED {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            byte[] bytes = log.bytes(file);
            int at = random.nextInt(bytes.length);
            byte[] more = new byte[bytes.length + 1];
            System.arraycopy(bytes, 0, more, 0, at);
            more[at] = (byte) random.nextInt(256);
            System.arraycopy(bytes, at, more, at + 1, bytes.length - at);
            log.put(file, more);
            boolean emptyLine = more[at] == '\n' && bytes[at] == '\n';
            return new Place(file, lineOf(bytes, at) + (emptyLine ? 1 : 0));
        }
    },
    LINE_DELETED {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            List<String> lines = log.lines(file);
            int line = random.nextInt(lines.size());
            lines.remove(line);
            log.put(file, lines);
            return gone(log, file, line + 1);
        }
    },
    LINE_REPEATED {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            List<String> lines = log.lines(file);
            int line = random.nextInt(lines.size());
            int at = random.nextInt(lines.size() + 1);
            lines.add(at, lines.get(line));
            log.put(file, lines);
            return new Place(file, (at == line ? at + 1 : at) + 1);
        }
    },
    LINES_SWAPPED {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            while (log.lines(file).size() < 2) {
                file = random.nextInt(log.files());
            }
            List<String> lines = log.lines(file);
            int one = random.nextInt(lines.size() - 1);
            int other = one + 1 + random.nextInt(lines.size() - one - 1);
            String first = lines.get(one);
            lines.set(one, lines.get(other));
            lines.set(other, first);
            log.put(file, lines);
            return new Place(file, one + 1);
        }
    },
    LINE_INSERTED {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            List<String> lines = log.lines(file);
            int at = random.nextInt(lines.size() + 1);
            String model = lines.get(random.nextInt(lines.size()));
            List<String> forged =
                    List.of(
                            "",
                            "{}",
                            "not a record",
                            model.replace("alice", "mallory"),
                            model.replaceFirst("\"seq\":[0-9]+", "\"seq\":" + (at + 1)) + " ",
                            model.replaceFirst("\"hash\":\"[0-9a-f]{8}", "\"hash\":\"00000000"));
            String chosen = forged.get(random.nextInt(forged.size()));
            lines.add(at, chosen.equals(model) ? model + " " : chosen);
            log.put(file, lines);
            return new Place(file, at + 1);
        }
    },
    FIELD_EDITED {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            List<String> lines = log.lines(file);
            int line = random.nextInt(lines.size());
            String before = lines.get(line);
            List<String> edits =
                    List.of(
                            before.replace("\"Success\"", "\"Failure\""),
                            before.replace("alice", "bob"),
                            before.replaceFirst("\"timestamp\":\"20", "\"timestamp\":\"19"),
                            before.replaceFirst("\"seq\":", "\"seq\":1"),
                            before.replaceFirst("\"prev\":\"[0-9a-f]", "\"prev\":\"x"),
                            before.replaceFirst(
                                    "\"hash\":\"[0-9a-f]{64}", "\"hash\":\"" + "0".repeat(64)),
                            before.replaceFirst("\\{", "{ "));
            String after = edits.get(random.nextInt(edits.size()));
            lines.set(line, after.equals(before) ? before + "\t" : after);
            log.put(file, lines);
            return new Place(file, line + 1);
        }
    },
    END_CUT_OFF {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            byte[] bytes = log.bytes(file);
            int at = random.nextInt(bytes.length);
            log.put(file, Arrays.copyOf(bytes, at));
            boolean between = at == 0 || bytes[at - 1] == '\n';
            return between
                    ? gone(log, file, lineOf(bytes, at))
                    : new Place(file, lineOf(bytes, at));
        }
    },
    GARBAGE_AT_THE_END {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            byte[] bytes = log.bytes(file);
            byte[] more = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
            for (int i = bytes.length; i < more.length; i++) {
                more[i] = (byte) ('a' + random.nextInt(26));
            }
            log.put(file, more);
            return new Place(file, lineOf(bytes, bytes.length));
        }
    },
    FILE_DELETED {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int file = random.nextInt(log.files());
            log.remove(file);
            return file < log.files()
                    ? new Place(file, 1)
                    : new Place(file - 1, log.lines(file - 1).size() + 1);
        }
    },
    FILES_EXCHANGED {
        @Override
        Place change(LogCopy log, SplittableRandom random) {
            int one = random.nextInt(log.files() - 1);
            int other = one + 1 + random.nextInt(log.files() - one - 1);
            byte[] first = log.bytes(one);
            log.put(one, log.bytes(other));
            log.put(other, first);
            return new Place(one, 1);
        }
    };

    /** Changes the log. */
    abstract Place change(LogCopy log, SplittableRandom random);

    /** Where it shows that a line is gone. */
    private static Place gone(LogCopy log, int file, int line) {
        boolean last = line > log.lines(file).size();
        return last && file < log.files() - 1 ? new Place(file + 1, 1) : new Place(file, line);
    }

    private static int lineOf(byte[] bytes, int at) {
        int line = 1;
        for (int i = 0; i < at; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
