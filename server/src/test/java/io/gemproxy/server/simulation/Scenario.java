package io.gemproxy.server.simulation;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the thirty days are like.
 *
 * @param name for the report
 * @param firstDay in Los Angeles
 * @param load share of the pool's day and, in the peak, of its minutes that clients ask for
 * @param limitsConfigured whether the operator wrote Google's limits down
 * @param usedByOthers share of each project's minutes that somebody else uses up, in the peak hour
 * @param incidents what goes wrong
 */
record Scenario(
        String name,
        LocalDate firstDay,
        double load,
        boolean limitsConfigured,
        double usedByOthers,
        List<Incident> incidents) {
    /** Days of a run. */
    static final int DAYS = 30;

    /** Clocks go back on 1 November 2026: that day has 25 hours. */
    private static final LocalDate AUTUMN = LocalDate.of(2026, 10, 20);

    /** Clocks go forward on 14 March 2027: that day has 23 hours. */
    private static final LocalDate SPRING = LocalDate.of(2027, 3, 1);

    /**
     * Something at Google changes.
     *
     * @param day the first is 1
     * @param time of day in Los Angeles, as hours and minutes since midnight
     */
    record Incident(int day, Duration time, Consumer<FakeGoogle> change) {}

    /** All that is reported. */
    static List<Scenario> all() {
        return List.of(quiet(), full(true), full(false), shared(), troubled());
    }

    static Scenario quiet() {
        return new Scenario("60 % of capacity", SPRING, 0.60, true, 0, List.of());
    }

    static Scenario full(boolean limitsConfigured) {
        String name = limitsConfigured ? "95 % of capacity" : "95 %, limits not configured";
        return new Scenario(name, AUTUMN, 0.95, limitsConfigured, 0, List.of());
    }

    static Scenario shared() {
        return new Scenario("80 %, others use a tenth", AUTUMN, 0.80, true, 0.10, List.of());
    }

    static Scenario troubled() {
        return new Scenario("60 %, revocations and outages", SPRING, 0.60, true, 0, troubles());
    }

    private static List<Incident> troubles() {
        return List.of(
                at(2, 10, 0, google -> google.refuses("key-01", 400, "API_KEY_INVALID")),
                at(3, 11, 0, google -> google.refuses("key-07", 403, "leaked")),
                at(4, 9, 0, google -> google.refuses("project-4", 403, "suspended")),
                at(6, 9, 0, google -> google.accepts("project-4")),
                at(
                        5,
                        18,
                        10,
                        google -> google.answersAll(FakeGoogle.overloaded(Duration.ofSeconds(20)))),
                at(5, 18, 30, google -> google.answersAll(null)),
                at(8, 14, 0, google -> google.unreachable(true)),
                at(8, 14, 20, google -> google.unreachable(false)),
                at(10, 18, 0, google -> google.fails("project-2", 1.0)),
                at(10, 18, 50, google -> google.fails("project-2", 0.0)),
                at(12, 8, 0, google -> google.refuses("key-12", 400, "expired")),
                at(13, 10, 0, google -> google.accepts("key-12")),
                at(14, 12, 0, google -> google.refuses("project-6", 429, "prepaid")),
                at(14, 20, 0, google -> google.accepts("project-6")),
                at(17, 18, 0, google -> google.fails("project-1", 0.3)),
                at(18, 12, 0, google -> google.fails("project-1", 0.0)),
                at(20, 16, 0, google -> google.refuses("project-8", 403, "disabled")),
                at(20, 20, 0, google -> google.accepts("project-8")),
                at(23, 10, 0, google -> google.refuses("key-20", 400, "API_KEY_INVALID")),
                at(
                        25,
                        18,
                        20,
                        google -> google.answersAll(FakeGoogle.overloaded(Duration.ofSeconds(5)))),
                at(25, 18, 25, google -> google.answersAll(null)));
    }

    private static Incident at(int day, int hour, int minute, Consumer<FakeGoogle> change) {
        return new Incident(day, Duration.ofHours(hour).plusMinutes(minute), change);
    }
}
