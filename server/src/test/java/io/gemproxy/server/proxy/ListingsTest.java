package io.gemproxy.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.OutgoingTrace;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.GeminiTargets;
import io.gemproxy.server.keys.KeyConfig;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.KeyView;
import io.gemproxy.server.keys.KeysConfig;
import io.gemproxy.server.keys.LendingWish;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import io.gemproxy.server.keys.affinity.AffinityLimits;
import io.gemproxy.server.upstream.UpstreamCall;
import io.gemproxy.server.upstream.UpstreamClient;
import io.gemproxy.server.upstream.UpstreamRequest;
import io.gemproxy.server.upstream.UpstreamRequest.KeyPlacement;
import io.gemproxy.server.upstream.UpstreamResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** However a list comes about, each lease that it took ends once. */
class ListingsTest {
    private static final List<ProjectId> PROJECTS =
            List.of(new ProjectId("p0"), new ProjectId("p1"));
    private static final GeminiTarget FILES =
            GeminiTargets.parse("GET", "/v1beta/files").orElseThrow();

    private final Deque<String> pages = new ArrayDeque<>();
    private final KeyPool pool =
            new KeyPool(
                    new KeysConfig(
                            KeysConfig.Selection.WEIGHTED_ROUND_ROBIN,
                            PROJECTS.stream().map(ListingsTest::key).toList()),
                    () -> Instant.EPOCH,
                    () -> 0,
                    change -> {});
    private final Attempts attempts =
            new Attempts(
                    pool,
                    new OneAttempt(new Pages(), new ErrorScrubber(List.of())),
                    OutgoingTrace.AS_IT_CAME,
                    new ErrorExcerpts(new ErrorScrubber(List.of())),
                    new RetryPause(new Random(7), (pause, current) -> true),
                    () -> 0);

    @Test
    void pagesThatArePassedOverAreFinished() {
        pages.add("{\"files\":[{\"name\":\"files/others\"}],\"nextPageToken\":\"2\"}");
        pages.add("{\"files\":[{\"name\":\"files/others\"}]}");
        pages.add("{\"files\":[{\"name\":\"files/mine\"}]}");
        AttemptResult shown = list();
        assertInstanceOf(AttemptResult.Open.class, shown);
        assertEquals(List.of(0, 1), inFlight());
        attempts.finished(shown, Optional.empty(), Optional.empty());
        assertEquals(List.of(0, 0), inFlight());
    }

    @Test
    void aPageThatCannotBeReadIsFinished() {
        pages.add("[]");
        assertThrows(Refused.class, this::list);
        assertEquals(List.of(0, 0), inFlight());
    }

    private AttemptResult list() {
        AffinityDirectory directory =
                new AffinityDirectory(AffinityLimits.USUAL, () -> Instant.EPOCH, change -> {});
        Exchange exchange =
                new Exchange(
                        new RequestId("01JC0000000000000000000000"),
                        Optional.empty(),
                        Instant.EPOCH,
                        0,
                        "GET",
                        FILES,
                        "192.0.2.7",
                        Optional.empty());
        return new Listings(attempts, pool, directory)
                .run(
                        new Placement.Listed(
                                PROJECTS, (name, project) -> name.equals("files/mine")),
                        request(),
                        new Progress(exchange, () -> 0, new LongAdder()),
                        new CurrentCall());
    }

    private static ForwardedRequest request() {
        return new ForwardedRequest(
                FILES.operation(),
                "GET",
                FILES.path(),
                List.of(),
                SmallBody.none(),
                KeyPlacement.GOOG_API_KEY,
                Optional.empty(),
                LendingWish.of(Optional.empty(), Optional.empty()),
                true,
                CacheRoute.NONE);
    }

    private List<Integer> inFlight() {
        return pool.views().stream().map(KeyView::inFlight).toList();
    }

    private static KeyConfig key(ProjectId project) {
        String id = "key-of-" + project.value();
        return new KeyConfig(
                new KeyId(id),
                Secret.of(Emissions.OF_THIS_RUN.secret("the pooled key " + id, "secret-of-" + id)),
                project,
                1,
                OptionalInt.empty(),
                Optional.empty());
    }

    /** Answers with the pages in their order. */
    private final class Pages implements UpstreamClient {
        @Override
        public UpstreamCall call(UpstreamRequest request) {
            return new UpstreamCall() {
                @Override
                public UpstreamResponse send() {
                    return new Page(pages.remove());
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }

    private record Page(String json) implements UpstreamResponse {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public List<HeaderField> headers() {
            return List.of(new HeaderField("Content-Type", "application/json"));
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
