package io.gemproxy.server.authentication.sessions;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How the tokens of a session are named, so that its id can be read off them. */
final class SessionTokenNames {
    private static final String TOKEN_ID = "gemproxy-session.";
    private static final String REFRESH = "gpr_";
    private static final int ID_BYTES = 12;
    private static final int ACCESS_BYTES = 16;
    private static final int REFRESH_BYTES = 32;

    private final RandomGenerator random;

    SessionTokenNames(RandomGenerator random) {
        this.random = random;
    }

    String freshId() {
        return random(ID_BYTES);
    }

    /** A {@code jti}. */
    String freshTokenId(String session) {
        return TOKEN_ID + session + "." + random(ACCESS_BYTES);
    }

    String freshRefresh(String session) {
        return REFRESH + session + "." + random(REFRESH_BYTES);
    }

    /** Whether a {@code jti} is of a token that only a session gives. */
    static boolean isTokenId(String text) {
        return text.startsWith(TOKEN_ID);
    }

    static Optional<String> sessionOfTokenId(String text) {
        return session(TOKEN_ID, text);
    }

    static Optional<String> sessionOfRefresh(String text) {
        return session(REFRESH, text);
    }

    private static Optional<String> session(String prefix, String text) {
        int end = text.indexOf('.', prefix.length());
        return text.startsWith(prefix) && end > 0
                ? Optional.of(text.substring(prefix.length(), end))
                : Optional.empty();
    }

    private String random(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
