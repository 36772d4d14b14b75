package io.gemproxy.server.proxy;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
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
import io.gemproxy.server.upstream.UpstreamCall;
import io.gemproxy.server.upstream.UpstreamClient;
import io.gemproxy.server.upstream.UpstreamException;
import io.gemproxy.server.upstream.UpstreamRequest;
import io.gemproxy.server.upstream.UpstreamRequest.KeyPlacement;
import io.gemproxy.server.upstream.UpstreamResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Attempts over keys {@code k0, k1, …} of a project each, on a clock that the test moves. */
final class AttemptsRig {
    static final GeminiTarget TARGET =
            GeminiTargets.parse("POST", "/v1beta/models/gemini-2.5-flash:generateContent")
                    .orElseThrow();

    final List<Duration> pauses = new ArrayList<>();
    final KeyPool pool;
    final Attempts attempts;
    final CurrentCall current = new CurrentCall();
    final Progress progress;

    /** What the client may wait for the first byte. */
    Optional<Duration> patience = Optional.empty();

    /** Happens in each pause. */
    Consumer<CurrentCall> duringPause = call -> {};

    private final Deque<Answer> answers = new ArrayDeque<>();
    private long nanos;

    /** What the next call gives. */
    @FunctionalInterface
    interface Answer {
        UpstreamResponse give() throws UpstreamException;
    }

    AttemptsRig(int keys) {
        List<KeyConfig> configs = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            configs.add(key(i));
        }
        pool =
                new KeyPool(
                        new KeysConfig(KeysConfig.Selection.WEIGHTED_ROUND_ROBIN, configs),
                        () -> Instant.EPOCH.plusNanos(nanos),
                        () -> nanos,
                        change -> {});
        attempts =
                new Attempts(
                        pool,
                        new OneAttempt(new Scripted(), new ErrorScrubber(List.of())),
                        OutgoingTrace.AS_IT_CAME,
                        new ErrorExcerpts(new ErrorScrubber(List.of())),
                        new RetryPause(new Random(7), this::pause),
                        () -> nanos);
        progress =
                new Progress(
                        new Exchange(
                                new RequestId("01JC0000000000000000000000"),
                                Optional.empty(),
                                Instant.EPOCH,
                                0,
                                "POST",
                                TARGET,
                                "192.0.2.7",
                                Optional.empty()),
                        () -> nanos,
                        new LongAdder());
    }

    private boolean pause(Duration pause, CurrentCall call) {
        pauses.add(pause);
        nanos += pause.toNanos();
        duringPause.accept(call);
        return !call.aborted();
    }

    /** The next call gives this. */
    AttemptsRig then(Answer answer) {
        answers.add(answer);
        return this;
    }

    AttemptsRig then(int status, String json) {
        return then(() -> new Given(status, json));
    }

    AttemptResult run() {
        return attempts.run(request(), progress, current);
    }

    ForwardedRequest request() {
        return new ForwardedRequest(
                TARGET.operation(),
                "POST",
                TARGET.path(),
                List.of(),
                SmallBody.of("{}".getBytes(StandardCharsets.UTF_8)),
                KeyPlacement.GOOG_API_KEY,
                patience,
                LendingWish.of(TARGET.model(), Optional.empty()),
                true,
                CacheRoute.NONE);
    }

    List<Integer> inFlight() {
        return pool.views().stream().map(KeyView::inFlight).toList();
    }

    FinishedExchange finished() {
        return progress.finish();
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static KeyConfig key(int number) {
        String id = "k" + number;
        return new KeyConfig(
                new KeyId(id),
                Secret.of(Emissions.OF_THIS_RUN.secret("the pooled key " + id, "secret-of-" + id)),
                new ProjectId("p" + number),
                1,
                OptionalInt.empty(),
                Optional.empty());
    }

    /** Gives the answers in their order. */
    private final class Scripted implements UpstreamClient {
        @Override
        public UpstreamCall call(UpstreamRequest request) {
            return new UpstreamCall() {
                @Override
                public UpstreamResponse send() throws UpstreamException {
                    return answers.remove().give();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }

    private record Given(int status, String json) implements UpstreamResponse {
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
