package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.Upstreams.await;
import static io.gemproxy.server.upstream.Upstreams.config;
import static io.gemproxy.server.upstream.Upstreams.fetch;
import static io.gemproxy.server.upstream.Upstreams.ok;
import static io.gemproxy.server.upstream.Upstreams.post;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;

/** An upstream whose first answer is a probe and whose others are good, and a client of it. */
final class ProbedUpstream {
    static final String NEXT = "the next answer";

    private ProbedUpstream() {}

    /** Answers the first request of the first connection with the given bytes, all others well. */
    static ScriptedUpstream first(String bytes, boolean close) throws IOException {
        return new ScriptedUpstream(conversation -> {
            boolean first = conversation.number() == 1;
            while (conversation.request() != null) {
                conversation.say(first ? bytes : ok(NEXT));
                if (first && close) {
                    return;
                }
                first = false;
            }
        });
    }

    /** The next request gets its own answer, and nothing stays lent. */
    static void nextIsClean(ApacheUpstreamClient client) throws Exception {
        assertEquals(NEXT, fetch(client, post("x")).body());
        await(() -> client.leased() == 0);
    }

    static ApacheUpstreamClient client(ScriptedUpstream upstream) {
        return ApacheUpstreamClient.create(config(upstream.uri("http")), System::nanoTime);
    }
}
