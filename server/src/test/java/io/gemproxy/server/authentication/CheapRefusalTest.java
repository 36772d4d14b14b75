package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What hostile tokens cost, in CPU time of one thread, against what it costs a client to send one
 * and to read the refusal over a connection that stays open.
 */
final class CheapRefusalTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int FACTOR = 100;
    private static final long MOST = Duration.ofMillis(5).toNanos();
    private static final int SAMPLES = 30;
    private static final int CALLS = 10;

    private final SigningPair pair = SigningPair.of("ES256");
    private final VerifierRig rig =
            new VerifierRig(
                    SigningSecrets.configured(Optional.of(Secret.of(RawToken.SECRET))),
                    new IssuerRig(pair.jwk()).issuers());

    private static String base64(String text) {
        return RawToken.base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String deep(int depth) {
        return "{\"alg\":\"HS256\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    private static String many(int claims) {
        StringBuilder all = new StringBuilder("{\"alg\":\"HS256\"");
        for (int i = 0; i < claims; i++) {
            all.append(",\"").append(i).append("\":1");
        }
        return all.append('}').toString();
    }

    private Map<String, String> hostile() {
        byte[] garbage = new byte[64];
        new SplittableRandom(7).nextBytes(garbage);
        String es256 = base64("{\"alg\":\"ES256\",\"kid\":\"key-of-ES256\"}");
        String end = "." + base64(VerifierRig.MINIMAL) + "." + "A".repeat(43);
        Map<String, String> all = new TreeMap<>();
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

    @Test
    void hostileTokensAreRefusedCheaply() throws IOException {
        try (RefusingServer server = new RefusingServer()) {
            for (Map.Entry<String, String> token : hostile().entrySet()) {
                long client = cpu(() -> server.ask(token.getValue()));
                assertTrue(client > 0, "the clock of CPU time stands still");
                long cost =
                        cpu(() -> assertInstanceOf(Refused.class, rig.verify(token.getValue())));
                assertTrue(
                        cost < MOST && cost < FACTOR * client,
                        () -> token.getKey() + " costs " + cost + " ns, its client " + client);
            }
        }
    }

    /** The least of many samples: what else runs on the machine only adds. */
    private static long cpu(Call call) throws IOException {
        long least = Long.MAX_VALUE;
        for (int sample = 0; sample < SAMPLES; sample++) {
            long before = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < CALLS; i++) {
                call.make();
            }
            least = Math.min(least, (THREADS.getCurrentThreadCpuTime() - before) / CALLS);
        }
        return least;
    }

    private interface Call {
        void make() throws IOException;
    }
}
