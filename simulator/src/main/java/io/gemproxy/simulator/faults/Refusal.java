package io.gemproxy.simulator.faults;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An error answer: its status, why in the words of the script, the wait it asks for, its text. */
public record Refusal(
        int status, @Nullable String reason, @Nullable Duration retry, @Nullable String message) {}
