package io.gemproxy.server.gemini;

import java.util.Locale;
import java.util.Optional;

/** In which way Google served a request, which its price depends on. */
public enum ServiceTier {
    STANDARD("standard"),
    /** Half the price; may be shed. */
    FLEX("flex"),
    /** Dearer and first; over its limit Google serves it as standard. */
    PRIORITY("priority"),
    /** Within a batch. */
    BATCH("batch");

    private final String word;

    ServiceTier(String word) {
        this.word = word;
    }

    /** As written in price lists and in {@code service_tier}. */
    public String word() {
        return word;
    }

    /**
     * What {@code service_tier}, {@code x-gemini-service-tier} or {@code trafficType} says; empty
     * for what is not a tier of its own, such as {@code auto}.
     */
    public static Optional<ServiceTier> of(String written) {
        return switch (written.strip().toLowerCase(Locale.ROOT)) {
            case "standard", "default", "on_demand" -> Optional.of(STANDARD);
            case "flex", "on_demand_flex", "on_demand_offpeak" -> Optional.of(FLEX);
            case "priority", "on_demand_priority" -> Optional.of(PRIORITY);
            case "batch" -> Optional.of(BATCH);
            default -> Optional.empty();
        };
    }
}
