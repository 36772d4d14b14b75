package io.gemproxy.server.audit.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signed statement how far the log has got, kept apart from it, so that a log that was cut
 * short shows: one line of JSON that ends in its own HMAC.
 *
 * @param last the newest record that had reached the disk
 * @param keyId of the key that signed it
 */
public record ChainHead(Link last, String keyId) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(\\{\"seq\":([0-9]{1,18}),\"hash\":\"([0-9a-f]{64})\",\"key_id\":\"([0-9a-f]{16})\"),\"mac\":\"([0-9a-f]{64})\"\\}\n");

    /** What a head file was found to be. */
    public sealed interface Found {
        /** There is none. */
        record Missing() implements Found {}

        /** It does not have the form, or its signature does not hold. */
        record Forged() implements Found {}

        /**
         * It was signed with a key that is not at hand.
         *
         * @param text all of it, for somebody who has the key
         */
        record OfAnotherKey(String keyId, String text) implements Found {}

        /** It holds. */
        record Good(ChainHead head) implements Found {}
    }

    /** The bytes of the file. */
    public static byte[] encode(Link last, ChainKey key) {
        String body =
                "{\"seq\":"
                        + last.seq()
                        + ",\"hash\":\""
                        + last.hash()
                        + "\",\"key_id\":\""
                        + key.id()
                        + "\"";
        String line = body + ",\"mac\":\"" + mac(body, key) + "\"}\n";
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads what {@link #encode} made with one of the keys. */
    public static Found decode(byte[] file, List<ChainKey> keys) {
        String text = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(file)).toString();
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return new Found.Forged();
        }
        String keyId = part(form, 4);
        Optional<ChainKey> key = keys.stream().filter(it -> it.id().equals(keyId)).findFirst();
        if (key.isEmpty()) {
            return new Found.OfAnotherKey(keyId, text);
        }
        byte[] right = mac(part(form, 1), key.get()).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(right, part(form, 5).getBytes(StandardCharsets.US_ASCII))
                ? new Found.Good(
                        new ChainHead(
                                new Link(Long.parseLong(part(form, 2)), part(form, 3)), keyId))
                : new Found.Forged();
    }

    private static String part(Matcher form, int group) {
        return String.valueOf(form.group(group));
    }

    private static String mac(String body, ChainKey key) {
        byte[] mac = key.mac().doFinal(("head " + body).getBytes(StandardCharsets.US_ASCII));
        return new String(Chain.hex(mac), StandardCharsets.US_ASCII);
    }
}
