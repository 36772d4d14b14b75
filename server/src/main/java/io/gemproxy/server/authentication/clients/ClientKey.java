package io.gemproxy.server.authentication.clients;

import io.gemproxy.server.exchange.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * A credential that gemproxy makes for a client: a prefix, 256 random bits in 43 letters and digits
 * (base 62), and a CRC-32 of both in six more, by which a typing error is known without a look-up
 * and a scanner knows a leaked one ({@code gps?_[0-9A-Za-z]{49}}).
 *
 * @param kind what it is for
 * @param secret all of it
 */
public record ClientKey(Kind kind, Secret secret) {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_DIGITS = 43;
    private static final int CHECK_DIGITS = 6;

    /** What such a credential is for. */
    public enum Kind {
        /** Stands where a token may stand. */
        KEY("gp_"),
        /** The secret of an OAuth client. */
        OAUTH_SECRET("gps_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * A new one.
     *
     * @param random cryptographically strong
     */
    public static ClientKey make(Kind kind, RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String start = kind.prefix + digits(new BigInteger(1, bytes), RANDOM_DIGITS);
        return new ClientKey(kind, Secret.of(start + check(start)));
    }

    /** The credential in a text, if it is written as one and its check digits are right. */
    static Optional<ClientKey> of(Kind kind, Secret secret) {
        String text = secret.open();
        int start = text.length() - CHECK_DIGITS;
        boolean whole =
                isMeant(kind, secret)
                        && start == kind.prefix.length() + RANDOM_DIGITS
                        && text.chars().skip(kind.prefix.length()).allMatch(ClientKey::isDigit)
                        && check(text.substring(0, start)).equals(text.substring(start));
        return whole ? Optional.of(new ClientKey(kind, secret)) : Optional.empty();
    }

    /** Whether a text begins like one of that kind. */
    static boolean isMeant(Kind kind, Secret secret) {
        return secret.open().startsWith(kind.prefix);
    }

    /**
     * What the configuration holds of it. A plain SHA-256 is enough: nobody can try 2^256 keys, so
     * a slow or salted hash would protect nothing more, and each request would pay for it. Looking
     * it up by digest tells a guesser nothing by its duration, for the digest is not his to choose.
     */
    public String digest() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret.open().getBytes(StandardCharsets.US_ASCII));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The credential as its owner is told it, once. */
    public String told() {
        return secret.open();
    }

    private static boolean isDigit(int c) {
        return DIGITS.indexOf(c) >= 0;
    }

    private static String check(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
    }

    private static String digits(BigInteger number, int count) {
        char[] digits = new char[count];
        BigInteger rest = number;
        for (int i = count - 1; i >= 0; i--) {
            BigInteger[] split = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(split[1].intValue());
            rest = split[0];
        }
        return new String(digits);
    }
}
