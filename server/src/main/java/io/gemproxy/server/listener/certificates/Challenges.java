package io.gemproxy.server.listener.certificates;

/**
 * What certificate authorities are answered, at both doors through which they ask.
 *
 * @param http on the port of plain HTTP
 * @param alpn in handshakes on the proxy port
 */
public record Challenges(HttpChallenges http, AlpnChallenges alpn) {
    /** None yet. */
    public static Challenges none() {
        return new Challenges(new HttpChallenges(), new AlpnChallenges());
    }
}
