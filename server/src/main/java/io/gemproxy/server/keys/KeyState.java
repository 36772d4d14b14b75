package io.gemproxy.server.keys;

import java.time.Instant;
import java.util.Optional;

/** Whether a key serves, and what an operator may do about it. */
public sealed interface KeyState {
    /** When it began. */
    Instant since();

    /** When it ends by itself. */
    default Optional<Instant> until() {
        return Optional.empty();
    }

    /** Why, as a stable word. */
    default Optional<String> reason() {
        return Optional.empty();
    }

    /** What to do, in plain words. */
    String nextStep();

    /** The word for it: {@code Healthy}, {@code RateLimited} and so on. */
    default String word() {
        return getClass().getSimpleName();
    }

    /** It serves. */
    record Healthy(Instant since) implements KeyState {
        @Override
        public String nextStep() {
            return "Nothing to do.";
        }
    }

    /** A quota, a cap or spent credit holds it back, for one model at least. */
    record RateLimited(Instant since, Optional<Instant> until, Optional<String> reason)
            implements KeyState {
        @Override
        public String nextStep() {
            return NextSteps.of(reason.orElse(""), until.isPresent());
        }
    }

    /** It fails, and rests until it is tried again. */
    record Unhealthy(Instant since, Optional<Instant> until, Optional<String> reason)
            implements KeyState {
        @Override
        public String nextStep() {
            return NextSteps.of(reason.orElse(""), until.isPresent());
        }
    }

    /** Google refuses it until somebody mends it. */
    record Invalid(Instant since, Optional<String> reason) implements KeyState {
        @Override
        public String nextStep() {
            return NextSteps.of(reason.orElse(""), false);
        }
    }

    /** An operator or its last day took it out of service. */
    record Disabled(Instant since, Optional<String> reason) implements KeyState {
        @Override
        public String nextStep() {
            return NextSteps.of(reason.orElse(""), false);
        }
    }
}
