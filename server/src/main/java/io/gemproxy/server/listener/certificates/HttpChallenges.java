package io.gemproxy.server.listener.certificates;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is answered under {@code /.well-known/acme-challenge/} (RFC 8555, section 8.3): only to
 * tokens that were offered, letter by letter. Beyond {@value #MOST} the oldest one goes.
 */
public final class HttpChallenges {
    /** More than an order has names; a certificate has at most a hundred. */
    static final int MOST = 256;

    /** RFC 8555, section 8.1: base64url, and here of a bounded length. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private static final Pattern AUTHORIZATION = Pattern.compile("[A-Za-z0-9_.-]{1,1024}");

    private final LinkedHashMap<String, String> offered = new LinkedHashMap<>();

    /**
     * Answers a token from now on.
     *
     * @param token from the authority, base64url
     * @param authorization the token, a dot and the thumbprint of the account's key
     * @throws IllegalArgumentException if either has other characters, or is too long
     */
    public void offer(String token, String authorization) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("the challenge's token is not base64url");
        }
        if (!AUTHORIZATION.matcher(authorization).matches()) {
            throw new IllegalArgumentException("the key authorization is not base64url");
        }
        synchronized (offered) {
            offered.remove(token);
            offered.put(token, authorization);
            if (offered.size() > MOST) {
                offered.pollFirstEntry();
            }
        }
    }

    /** Answers it no more. */
    public void withdraw(String token) {
        synchronized (offered) {
            offered.remove(token);
        }
    }

    /** The authorization offered for exactly this token. */
    public Optional<String> answer(String token) {
        synchronized (offered) {
            return Optional.ofNullable(offered.get(token));
        }
    }
}
