package io.gemproxy.server.gemini;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the thought signatures in a request or an answer as it passes, a piece at a time. They are
 * opaque and may be long, so only their digests are kept.
 *
 * <p>They stand under {@code thoughtSignature} (generateContent), {@code thought_signature} (the
 * same in snake case, and {@code extra_content.google} of the OpenAI-compatible API) and {@code
 * signature} (Interactions). SDKs decode and encode them again, some of them with the other
 * alphabet of base64: both give the same digest.
 */
public final class ThoughtSignatures {
    /** Shorter texts are no signatures, whatever their field is called. */
    private static final int SHORTEST = 16;

    private static final int DIGEST_BYTES = 16;
    private static final int PIECE = 1024;

    private final StringScanner strings;

    /**
     * @param found is told the digest of each signature in its turn: 128 bits of SHA-256, as 22
     *     characters of base64url
     */
    public ThoughtSignatures(Consumer<String> found) {
        this.strings = new StringScanner(new Digesting(found));
    }

    /** Reads the next piece. */
    public void accept(byte[] bytes, int offset, int count) {
        strings.accept(bytes, offset, count);
    }

    private static boolean isSignature(String field) {
        return switch (field) {
            case "thoughtSignature", "thought_signature", "signature" -> true;
            default -> false;
        };
    }

    /** Follows one signature after the other; most texts have none, and make nothing here. */
    private static final class Digesting implements StringScanner.Watch {
        private final Consumer<String> found;
        private @Nullable Signature signature;

        Digesting(Consumer<String> found) {
            this.found = found;
        }

        @Override
        public boolean begins(String field) {
            if (!isSignature(field)) {
                return false;
            }
            if (signature == null) {
                signature = new Signature();
            }
            signature.begin();
            return true;
        }

        @Override
        public void piece(byte[] bytes, int offset, int count) {
            if (signature != null) {
                signature.add(bytes, offset, count);
            }
        }

        @Override
        public void ends() {
            if (signature != null && signature.isLongEnough()) {
                found.accept(signature.digest());
            }
        }
    }

    /** One signature as it passes. */
    private static final class Signature {
        private final MessageDigest digest = sha256();
        private final byte[] plain = new byte[PIECE];
        private long length;

        void begin() {
            digest.reset();
            length = 0;
        }

        void add(byte[] bytes, int offset, int count) {
            for (int from = offset; from < offset + count; from += PIECE) {
                int filled = 0;
                for (int i = from; i < Math.min(from + PIECE, offset + count); i++) {
                    if (bytes[i] != '=') {
                        plain[filled++] = standard(bytes[i]);
                    }
                }
                digest.update(plain, 0, filled);
                length += filled;
            }
        }

        boolean isLongEnough() {
            return length >= SHORTEST;
        }

        String digest() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(digest.digest(), DIGEST_BYTES));
        }

        private static byte standard(byte next) {
            return switch (next) {
                case '-' -> '+';
                case '_' -> '/';
                default -> next;
            };
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
