package io.gemproxy.server.authentication;

import static io.gemproxy.server.authentication.SigningPair.base64;
import static io.gemproxy.server.authentication.SigningPair.utf8;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;

/**
 * The known ways to pass off a token (RFC 8725, and what became of libraries that trusted a
 * header), made with the keys that would be right, so that nothing but the trick can refuse them.
 */
public final class ForgedTokens {
    /** The issuer the server trusts besides its secret. */
    public static final String ISSUER = "https://issuer.example";

    private final byte[] secret;
    private final long now;
    private final String nowhere;
    private final SigningPair rsa = SigningPair.of("RS256", "rsa");
    private final SigningPair curve = SigningPair.of("ES256", "curve");
    private final SigningPair edwards = SigningPair.of("EdDSA", "edwards");
    private final List<Attack> attacks = new ArrayList<>();

    /**
     * One token that must be refused.
     *
     * @param name what it tries
     * @param token the token
     * @param reason what the audit log is to say
     */
    public record Attack(String name, String token, String reason) {}

    /**
     * @param secret the signing secret of the server
     * @param now seconds since the epoch
     * @param nowhere an address that must never be asked for anything
     */
    public ForgedTokens(byte[] secret, long now, String nowhere) {
        this.secret = secret.clone();
        this.now = now;
        this.nowhere = nowhere;
    }

    /** The key set of the issuer the server trusts. */
    public byte[] keySet() {
        return SigningPair.keySet(rsa.jwk(), curve.jwk(), edwards.jwk());
    }

    /** Tokens that hold, one of each kind. */
    public List<String> genuine() {
        return List.of(
                shared("{\"alg\":\"HS256\"}", claims("")),
                rsa.token(claims("")),
                curve.token(claims("")),
                edwards.token(claims("")));
    }

    /** All of them. */
    public List<Attack> all() {
        attacks.clear();
        algorithms();
        headers();
        spellings();
        duplicates();
        times();
        authorities();
        sizes();
        return List.copyOf(attacks);
    }

    private void algorithms() {
        String body = "." + base64(utf8(claims(""))) + ".";
        for (String none : List.of("none", "None", "nOnE", "NONE", "")) {
            String header = "{\"alg\":\"" + none + "\"}";
            add("unsigned " + none, base64(utf8(header)) + body, "TOKEN_MALFORMED");
            add("signed " + none, shared(header, claims("")), "TOKEN_ALGORITHM_REFUSED");
            add("anyhow " + none, base64(utf8(header)) + body + "AA", "TOKEN_ALGORITHM_REFUSED");
        }
        for (String odd :
                List.of("{}", "{\"alg\":null}", "{\"alg\":[\"HS256\"]}", "{\"alg\":256}")) {
            add("algorithm " + odd, shared(odd, claims("")), "TOKEN_ALGORITHM_REFUSED");
        }
        for (SigningPair pair : List.of(rsa, curve, edwards)) {
            byte[] der = pair.pair().getPublic().getEncoded();
            for (byte[] key : List.of(der, pem(der), utf8(pair.jwk()))) {
                add(
                        "public key of " + pair.algorithm() + " as a secret",
                        RawToken.signed("{\"alg\":\"HS256\"}", claims(""), key, "HmacSHA256"),
                        "TOKEN_SIGNATURE_INVALID");
            }
        }
        add(
                "an algorithm the key is not for",
                rsa.token("{\"alg\":\"PS256\",\"kid\":\"rsa\"}", claims("")),
                "TOKEN_KEY_UNKNOWN");
        add(
                "the name of another key",
                rsa.token("{\"alg\":\"RS256\",\"kid\":\"curve\"}", claims("")),
                "TOKEN_KEY_UNKNOWN");
        String signed = base64(utf8(curve.header())) + "." + base64(utf8(claims(""))) + ".";
        add("r and s are zero", signed + base64(new byte[64]), "TOKEN_SIGNATURE_INVALID");
        add("an empty signature", signed, "TOKEN_MALFORMED");
        add(
                "the secret of nobody",
                RawToken.signed("{\"alg\":\"HS256\"}", claims(""), new byte[32], "HmacSHA256"),
                "TOKEN_SIGNATURE_INVALID");
        add(
                "a key pair of nobody",
                SigningPair.of("ES256", "curve").token(claims("")),
                "TOKEN_SIGNATURE_INVALID");
    }

    private void headers() {
        for (String kid :
                List.of("' OR 1=1--", "|id", "\\u0000", "", "a".repeat(129), "\\u00e9", "%00")) {
            header("\"kid\":\"" + kid + "\"", "TOKEN_HEADER_REFUSED");
        }
        for (String kid : List.of("../../dev/null", "/dev/null", nowhere, "other", "rsa")) {
            header("\"kid\":\"" + kid + "\"", "TOKEN_KEY_UNKNOWN");
        }
        KeyPair own = SigningPair.rsa(2048);
        String jwk = "{" + SigningPair.publicMembers(own) + "}";
        for (String member :
                List.of(
                        "\"kid\":7",
                        "\"jku\":\"" + nowhere + "\"",
                        "\"x5u\":\"" + nowhere + "\"",
                        "\"jwk\":" + jwk,
                        "\"x5c\":[\"AAAA\"]",
                        "\"x5t\":\"AAAA\"",
                        "\"crit\":[\"x\"]",
                        "\"crit\":[]",
                        "\"b64\":false",
                        "\"b64\":false,\"crit\":[\"b64\"]",
                        "\"cty\":\"JWT\"",
                        "\"zip\":\"DEF\"",
                        "\"enc\":\"A256GCM\"",
                        "\"typ\":\"dpop+jwt\"",
                        "\"typ\":7")) {
            header(member, "TOKEN_HEADER_REFUSED");
        }
        String inner = rsa.token(claims(""));
        add(
                "a token inside a token",
                shared("{\"alg\":\"HS256\"}", "\"" + inner + "\""),
                "TOKEN_JSON_INVALID");
    }

    private void spellings() {
        String token = shared("{\"alg\":\"HS256\"}", claims(""));
        String[] parts = token.split("\\.", -1);
        for (String other :
                List.of(
                        parts[0] + "." + parts[1],
                        token + ".",
                        token + ".AA",
                        token + ".AA.AA",
                        token + "=",
                        parts[0] + "=." + parts[1] + "." + parts[2],
                        token.replace('.', ','),
                        "." + token,
                        "{\"payload\":\"" + parts[1] + "\"}")) {
            add("spelt " + other.length(), other, "TOKEN_MALFORMED");
        }
        add("unused bits of the last character", withUnusedBits(token), "TOKEN_MALFORMED");
        String question = shared("{\"alg\":\"HS256\"}", claims(",\"x\":\"???>>>~~~\""));
        add("the other alphabet", question.replace('-', '+').replace('_', '/'), "TOKEN_MALFORMED");
        for (String header : List.of("\uFEFF{\"alg\":\"HS256\"}", "{\"alg\":\"HS256\"} x", "[]")) {
            add("header " + header, shared(header, claims("")), "TOKEN_JSON_INVALID");
        }
        add(
                "claims with a mark",
                shared("{\"alg\":\"HS256\"}", "\uFEFF" + claims("")),
                "TOKEN_JSON_INVALID");
        add(
                "claims with more behind",
                shared("{\"alg\":\"HS256\"}", claims("") + "{}"),
                "TOKEN_JSON_INVALID");
    }

    private void duplicates() {
        for (String header :
                List.of(
                        "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                        "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                        "{\"alg\":\"HS256\",\"\\u0061lg\":\"none\"}",
                        "{\"alg\":\"HS256\",\"kid\":\"a\",\"kid\":\"configured\"}")) {
            add("twice in " + header, shared(header, claims("")), "TOKEN_JSON_INVALID");
        }
        for (String twice :
                List.of(
                        ",\"sub\":\"admin\"",
                        ",\"s\\u0075b\":\"admin\"",
                        ",\"exp\":" + (now + 9_000),
                        ",\"aud\":\"gemproxy\"",
                        ",\"iss\":\"x\"")) {
            add(
                    "twice " + twice,
                    shared("{\"alg\":\"HS256\"}", claims(twice)),
                    "TOKEN_JSON_INVALID");
        }
    }

    private void times() {
        for (String exp : List.of("" + (now - 120), "0", "1.5")) {
            timed("\"exp\":" + exp, "TOKEN_EXPIRED");
        }
        for (String exp :
                List.of("\"" + (now + 60) + "\"", "1e400", "-1", "9223372036854775808", "null")) {
            timed("\"exp\":" + exp, "TOKEN_CLAIM_INVALID");
        }
        timed("\"x\":1", "TOKEN_CLAIM_MISSING");
        for (String claim : List.of("nbf", "iat")) {
            timed(
                    "\"exp\":" + (now + 900) + ",\"" + claim + "\":" + (now + 600),
                    "TOKEN_NOT_YET_VALID");
            timed("\"exp\":" + (now + 900) + ",\"" + claim + "\":\"0\"", "TOKEN_CLAIM_INVALID");
        }
    }

    private void authorities() {
        String ours = claims("");
        for (SigningPair pair : List.of(rsa, curve, edwards)) {
            String of = " with " + pair.algorithm();
            add(
                    "another issuer" + of,
                    pair.token(ours.replace(ISSUER, "https://evil.example")),
                    "TOKEN_ISSUER_REFUSED");
            add(
                    "an issuer in a list" + of,
                    pair.token(ours.replace("\"" + ISSUER + "\"", "[\"" + ISSUER + "\"]")),
                    "TOKEN_ISSUER_REFUSED");
            add(
                    "no issuer" + of,
                    pair.token(ours.replace("\"iss\"", "\"isss\"")),
                    "TOKEN_ISSUER_REFUSED");
            add(
                    "another audience" + of,
                    pair.token(ours.replace("\"gemproxy\"", "\"billing\"")),
                    "TOKEN_AUDIENCE_REFUSED");
            add(
                    "audiences without us" + of,
                    pair.token(ours.replace("\"gemproxy\"", "[\"billing\",\"Gemproxy\"]")),
                    "TOKEN_AUDIENCE_REFUSED");
            add(
                    "no audience" + of,
                    pair.token(ours.replace("\"aud\"", "\"audd\"")),
                    "TOKEN_AUDIENCE_REFUSED");
            add(
                    "an issuer that makes admins" + of,
                    pair.token(claims(",\"role\":\"admin\"")),
                    "TOKEN_ROLE_REFUSED");
        }
        add(
                "another audience",
                shared("{\"alg\":\"HS256\"}", ours.replace("\"gemproxy\"", "\"billing\"")),
                "TOKEN_AUDIENCE_REFUSED");
        add(
                "an admin's token among clients",
                shared("{\"alg\":\"HS256\"}", claims(",\"role\":\"admin\"")),
                "role_not_client");
        add(
                "a role that is none",
                shared("{\"alg\":\"HS256\"}", claims(",\"role\":\"root\"")),
                "TOKEN_CLAIM_INVALID");
    }

    private void sizes() {
        String token =
                shared("{\"alg\":\"HS256\"}", claims(",\"x\":\"" + "y".repeat(6_000) + "\""));
        add("8 KB", token + "a".repeat(8_193 - token.length()), "TOKEN_MALFORMED");
        String deep = claims(",\"x\":" + "[".repeat(2_000) + "]".repeat(2_000));
        add("2,000 levels", shared("{\"alg\":\"HS256\"}", deep), "TOKEN_JSON_INVALID");
        add(
                "a long number",
                shared("{\"alg\":\"HS256\"}", claims(",\"x\":" + "9".repeat(2_000))),
                "TOKEN_JSON_INVALID");
    }

    private void header(String member, String reason) {
        add("header " + member, shared("{\"alg\":\"HS256\"," + member + "}", claims("")), reason);
    }

    private void timed(String member, String reason) {
        String claims = "{\"sub\":\"mallory\"," + member + "}";
        add("time " + member, shared("{\"alg\":\"HS256\"}", claims), reason);
    }

    private void add(String name, String token, String reason) {
        attacks.add(new Attack(name, token, reason));
    }

    private String claims(String more) {
        return "{\"sub\":\"mallory\",\"exp\":"
                + (now + 3_600)
                + ",\"iss\":\""
                + ISSUER
                + "\",\"aud\":\"gemproxy\""
                + more
                + "}";
    }

    private String shared(String header, String claims) {
        return RawToken.signed(header, claims, secret, "HmacSHA256");
    }

    private static byte[] pem(byte[] der) {
        String body = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return utf8("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
    }

    /** An HS256 signature has 32 bytes, so its last character has two bits to spare. */
    private static String withUnusedBits(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
    }
}
