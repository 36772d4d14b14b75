package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Two keys at an operator's desk, one of them at its quota. */
final class FakeKeyDesk implements KeyDesk {
    private final Instant now;
    private final Map<String, KeyReport> keys = new LinkedHashMap<>();
    boolean busy;
    boolean brokenActions;

    FakeKeyDesk(Instant now) {
        this.now = now;
        keys.put("primary", healthy("primary"));
        keys.put("second", limited("second"));
    }

    @Override
    public List<KeyReport> all() {
        return List.copyOf(keys.values());
    }

    @Override
    public Optional<KeyReport> one(KeyId key) {
        return Optional.ofNullable(keys.get(key.value()));
    }

    @Override
    public Optional<KeyReport> enable(KeyId key) {
        if (brokenActions) {
            throw new IllegalStateException("a secret nobody may read");
        }
        return Optional.ofNullable(
                keys.computeIfPresent(key.value(), (id, _) -> report(id, "Healthy")));
    }

    @Override
    public Optional<KeyReport> disable(KeyId key) {
        return Optional.ofNullable(
                keys.computeIfPresent(key.value(), (id, _) -> report(id, "Disabled")));
    }

    @Override
    public Tested test(KeyId key, boolean generate) {
        if (busy) {
            return new Tested.NotNow("Other tests run.");
        }
        return one(key).<Tested>map(report -> new Tested.Done(result(key, generate, report)))
                .orElseGet(Tested.Unknown::new);
    }

    private static KeyTest result(KeyId key, boolean generate, KeyReport report) {
        KeyTest.Step listed =
                new KeyTest.Step("models_list", "success", "success", Optional.empty(), 12.5);
        KeyTest.Step generated =
                new KeyTest.Step(
                        "generate_one_token", "success", "success", Optional.of("gemini-a"), 400);
        return new KeyTest(
                key.value(), true, generate ? List.of(listed, generated) : List.of(listed), report);
    }

    private KeyReport healthy(String id) {
        return report(id, "Healthy");
    }

    private KeyReport limited(String id) {
        return report(id, "RateLimited");
    }

    private KeyReport report(String id, String state) {
        boolean limited = state.equals("RateLimited");
        Optional<Instant> until =
                limited ? Optional.of(now.plus(Duration.ofSeconds(42))) : Optional.empty();
        Optional<String> reason =
                limited ? Optional.of("quota_requests_per_minute") : Optional.empty();
        return new KeyReport(
                id,
                "p",
                Optional.of("billing-1"),
                Optional.empty(),
                100,
                1.0,
                state,
                now,
                until,
                reason,
                false,
                limited ? Optional.of("Nothing to do.") : Optional.empty(),
                limited
                        ? Optional.of(
                                new KeyReport.LastError(
                                        now,
                                        "quota_requests_per_minute",
                                        Optional.of("429 RESOURCE_EXHAUSTED"),
                                        Optional.of("You exceeded your current quota.")))
                        : Optional.empty(),
                1.0,
                new KeyReport.Breaker("closed", 0),
                2,
                12,
                3,
                new KeyReport.Today(LocalDate.of(2026, 11, 21), 120, 45_000),
                OptionalInt.of(60),
                5,
                List.of(
                        new KeyReport.Model(
                                "gemini-a",
                                0.9,
                                OptionalDouble.of(412.5),
                                reason,
                                until,
                                OptionalDouble.of(0.0),
                                List.of(
                                        new KeyReport.Limit(
                                                "requests_per_minute", OptionalLong.of(10), 10)))),
                List.of("other"),
                Optional.of(LocalDate.of(2027, 1, 31)),
                List.of("It expires soon."));
    }
}
