package io.gemproxy.server.proxy;

import io.gemproxy.server.gemini.Dialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A name that nobody has, asked for in the place of one that is somebody else's: what Google says
 * of it is what it would say if there were no such thing.
 *
 * @param asked the name in the request
 * @param sent the name that goes to Google, as long as the other
 */
record Decoy(String asked, String sent) {
    /** SDKs of the OpenAI-compatible API encode the slash in an id. */
    private static final List<String> SLASHES = List.of("/", "%2F", "%2f");

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz012345";

    static Decoy of(String asked) {
        int slash = asked.lastIndexOf('/');
        int length = asked.length() - slash - 1;
        StringBuilder sent = new StringBuilder(asked.substring(0, slash + 1));
        byte[] digest = digest(asked);
        for (int i = 0; i < length; i++) {
            sent.append(LETTERS.charAt(digest[i % digest.length] & 31));
        }
        return new Decoy(asked, sent.toString());
    }

    private static byte[] digest(String name) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same request for the other name; one that names it in its body becomes a look at it. */
    ForwardedRequest instead(ForwardedRequest request) {
        String path = request.pathAndQuery();
        for (String slash : SLASHES) {
            String written = "/" + asked.replace("/", slash);
            if (path.contains(written)) {
                return request.at(path.replace(written, "/" + sent.replace("/", slash)));
            }
        }
        return request.lookingAt("/v1beta/" + sent);
    }

    /** The answer with the name the client knows, and in the shape that its own request has. */
    AttemptResult undone(AttemptResult.Refusal refusal, Dialect dialect) {
        String text = new String(refusal.body().bytes(), StandardCharsets.ISO_8859_1);
        String named = text.replace(id(sent), id(asked));
        boolean bare = dialect == Dialect.OPENAI && named.startsWith("{");
        String restored = bare ? "[" + named.stripTrailing() + "]\n" : named;
        return new AttemptResult.Refusal(
                refusal.status(),
                refusal.headers(),
                new ScrubbedBody(restored.getBytes(StandardCharsets.ISO_8859_1)),
                refusal.outcome());
    }

    private static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
