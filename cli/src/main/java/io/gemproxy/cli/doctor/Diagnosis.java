package io.gemproxy.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a check found; never holds a secret.
 *
 * @param check its name
 * @param verdict whether it is well
 * @param found in words
 * @param remedy what to do, where something is to be done
 */
record Diagnosis(String check, Verdict verdict, String found, Optional<String> remedy) {
    /** Whether what was looked at is well. */
    enum Verdict {
        OK,
        WARNING,
        FAILED,
        /** It could not be looked at, or there is nothing to look at. */
        SKIPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Diagnosis ok(String check, String found) {
        return new Diagnosis(check, Verdict.OK, found, Optional.empty());
    }

    static Diagnosis warning(String check, String found, String remedy) {
        return new Diagnosis(check, Verdict.WARNING, found, Optional.of(remedy));
    }

    static Diagnosis failed(String check, String found, String remedy) {
        return new Diagnosis(check, Verdict.FAILED, found, Optional.of(remedy));
    }

    static Diagnosis skipped(String check, String why) {
        return new Diagnosis(check, Verdict.SKIPPED, why, Optional.empty());
    }

    /** The same with a word before what was found. */
    Diagnosis of(String prefix) {
        return new Diagnosis(check, verdict, prefix + found, remedy);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", check);
        json.put("verdict", verdict.word());
        json.put("found", found);
        remedy.ifPresent(text -> json.put("remedy", text));
        return json;
    }
}
