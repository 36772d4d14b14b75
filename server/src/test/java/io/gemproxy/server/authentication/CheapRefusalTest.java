package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void hostileTokensAreRefusedCheaply() throws IOException {
        try (RefusingServer server = new RefusingServer()) {
            for (Map.Entry<String, String> token : HostileTokens.all().entrySet()) {
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
