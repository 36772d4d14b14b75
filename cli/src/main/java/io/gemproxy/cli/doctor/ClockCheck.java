package io.gemproxy.cli.doctor;

import io.gemproxy.cli.output.Humane;
import java.time.Duration;

/** Whether this machine's clock agrees with Google's, by which tokens and quotas end. */
final class ClockCheck implements Check {
    /** The header has whole seconds, and travels. */
    private static final Duration LEAST = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Diagnosis look(Patient patient) {
        if (!(patient.google() instanceof Contact.Answered answered)
                || answered.greeting().date().isEmpty()) {
            return Diagnosis.skipped(name(), "no answer to compare it with");
        }
        Duration off = Duration.between(answered.greeting().date().get(), answered.at()).abs();
        Duration allowed = patient.config().authentication().clockSkew();
        Duration most = allowed.compareTo(LEAST) > 0 ? allowed : LEAST;
        return off.compareTo(most) > 0
                ? Diagnosis.failed(
                        name(),
                        "is off by " + Humane.duration(off),
                        "synchronise it: timedatectl set-ntp true, or start chrony")
                : Diagnosis.ok(name(), "agrees to " + Humane.duration(off));
    }
}
