package io.gemproxy.server.audit.chain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * A line of the log taken apart as it stands in the chain, byte by byte: {@code
 * {"timestamp":"…","seq":N,…,"prev":"…","hash":"…"}}. The hash is that of all before it.
 *
 * @param seq its number
 * @param previous its {@code prev}
 * @param hash as it says
 * @param signed so many bytes of the line are hashed
 */
public record SealedLine(long seq, String previous, String hash, int signed) {
    /** Digits of a hash. */
    static final int HASH = 64;

    private static final byte[] BEGIN = ascii("{\"timestamp\":\"");
    private static final byte[] SEQ = ascii("\",\"seq\":");
    private static final byte[] PREVIOUS = ascii(",\"prev\":\"");
    private static final byte[] HASH_FIELD = ascii("\",\"hash\":\"");
    private static final byte[] END = ascii("\"}");
    private static final int TIMESTAMP = 24;
    private static final int MOST_DIGITS = 18;

    /** Empty if the line, without its line end, does not have the form. */
    public static Optional<SealedLine> of(byte[] line, int length) {
        int numberAt = BEGIN.length + TIMESTAMP + SEQ.length;
        int hashAt = length - END.length - HASH;
        int previousAt = hashAt - HASH_FIELD.length - HASH;
        boolean formed =
                previousAt - PREVIOUS.length > numberAt
                        && has(line, 0, BEGIN)
                        && has(line, BEGIN.length + TIMESTAMP, SEQ)
                        && has(line, previousAt - PREVIOUS.length, PREVIOUS)
                        && has(line, previousAt + HASH, HASH_FIELD)
                        && has(line, hashAt + HASH, END)
                        && isHash(line, previousAt)
                        && isHash(line, hashAt);
        long seq = formed ? number(line, numberAt) : -1;
        return seq < 0
                ? Optional.empty()
                : Optional.of(
                        new SealedLine(
                                seq,
                                text(line, previousAt, HASH),
                                text(line, hashAt, HASH),
                                previousAt + HASH + 1));
    }

    /**
     * Whether this may be what a crash left of the record with that number: its beginning, and
     * zeros where the system had not yet put the rest.
     */
    static boolean mayBegin(byte[] rest, int length, long seq) {
        int end = length;
        while (end > 0 && rest[end - 1] == 0) {
            end--;
        }
        String begin = text(rest, 0, Math.min(end, BEGIN.length + TIMESTAMP + SEQ.length + 20));
        String whole = "{\"timestamp\":\"" + "x".repeat(TIMESTAMP) + "\",\"seq\":" + seq + ",";
        int timestamp = Math.min(begin.length(), BEGIN.length + TIMESTAMP);
        int known = Math.min(begin.length(), BEGIN.length);
        int common = Math.min(begin.length(), whole.length());
        return begin.startsWith(whole.substring(0, known))
                && begin.substring(timestamp, Math.max(timestamp, common))
                        .equals(whole.substring(timestamp, Math.max(timestamp, common)));
    }

    /** This record's place in the chain. */
    public Link link() {
        return new Link(seq, hash);
    }

    /** Whether the hash is the one this key gives to the line. */
    public boolean holds(byte[] line, ChainKey key) {
        return holds(line, key.mac());
    }

    boolean holds(byte[] line, Mac mac) {
        mac.update(line, 0, signed);
        return MessageDigest.isEqual(
                Chain.hex(mac.doFinal()), hash.getBytes(StandardCharsets.US_ASCII));
    }

    private static long number(byte[] line, int from) {
        long value = 0;
        int at = from;
        while (at - from < MOST_DIGITS && line[at] >= '0' && line[at] <= '9') {
            value = value * 10 + line[at] - '0';
            at++;
        }
        return at > from && line[at] == ',' ? value : -1;
    }

    private static boolean isHash(byte[] line, int from) {
        for (int i = from; i < from + HASH; i++) {
            boolean digit = line[i] >= '0' && line[i] <= '9';
            if (!digit && (line[i] < 'a' || line[i] > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(byte[] line, int at, byte[] what) {
        for (int i = 0; i < what.length; i++) {
            if (line[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] line, int from, int length) {
        return new String(line, from, length, StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
