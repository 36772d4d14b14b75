package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.Upstreams.config;
import static io.gemproxy.server.upstream.Upstreams.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemproxy.server.upstream.UpstreamException.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other deadlines, given to a client while it runs. */
@Timeout(30)
class UpstreamReconfigurationIT {
    @Test
    void theNextExchangeHasTheNewDeadlinesAndTheRestStays() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedUpstream silent = new ScriptedUpstream(exchange -> over.await());
                ApacheUpstreamClient client =
                        ApacheUpstreamClient.create(config(silent.uri("http")), System::nanoTime)) {
            UpstreamConfig first = client.config();
            client.reconfigure(
                    new UpstreamConfig(
                            URI.create("http://127.0.0.1:9"),
                            Duration.ofMillis(1),
                            Duration.ofMillis(200),
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(4),
                            1));
            assertEquals(
                    new UpstreamConfig(
                            first.baseUrl(),
                            first.connectTimeout(),
                            Duration.ofMillis(200),
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(4),
                            first.maxConnections()),
                    client.config());
            UpstreamException late =
                    assertThrows(UpstreamException.class, () -> client.call(get()).send());
            assertEquals(Fault.TIMEOUT, late.fault());
        } finally {
            over.countDown();
        }
    }
}
