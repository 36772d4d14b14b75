package io.gemproxy.server.authentication;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Tokens that are made to be dear: large, deep, full of claims, or signed with garbage. */
public final class HostileTokens {
    private HostileTokens() {}

    /** All, by name; each as it would stand in a header. */
    public static Map<String, String> all() {
        byte[] garbage = new byte[64];
        new SplittableRandom(7).nextBytes(garbage);
        String es256 = base64("{\"alg\":\"ES256\",\"kid\":\"key-of-ES256\"}");
        String end = "." + base64(VerifierRig.MINIMAL) + "." + "A".repeat(43);
        Map<String, String> all = new TreeMap<>();
        all.put("8 KB", "A".repeat(8 << 10));
        all.put("64 KB", "A".repeat(64 << 10));
        all.put("1 MB", "A".repeat(1 << 20));
        all.put("1 MB of dots", ".".repeat(1 << 20));
        all.put("10,000 deep", base64(deep(10_000)) + end);
        all.put("as deep as fits", base64(deep(2_900)) + end);
        all.put("deep claims", es256 + "." + base64(deep(2_900)) + "." + RawToken.base64(garbage));
        all.put("100,000 claims", base64(many(100_000)) + end);
        all.put("as many claims as fit", base64(many(650)) + end);
        all.put(
                "ES256 garbage",
                es256 + "." + base64(IssuerRig.CLAIMS) + "." + RawToken.base64(garbage));
        return all;
    }

    /** The key set of an issuer that the tokens with {@code ES256} name, and its {@code iss}. */
    public static Map.Entry<String, byte[]> issuer() {
        return Map.entry(IssuerRig.ISSUER, SigningPair.keySet(SigningPair.of("ES256").jwk()));
    }

    private static String base64(String text) {
        return RawToken.base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String deep(int depth) {
        return "{\"alg\":\"HS256\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    private static String many(int claims) {
        StringBuilder all = new StringBuilder("{\"alg\":\"HS256\"");
        for (int i = 0; i < claims; i++) {
            all.append(",\"").append(Integer.toString(i, 36)).append("\":1");
        }
        return all.append('}').toString();
    }
}
