package io.gemproxy.cli.output;

import java.util.Locale;

/** What the program's end tells a script. */
public enum ExitCode {
    OK(0),
    /** The answer is "no": an invalid configuration, a failed check. */
    NO(1),
    USAGE(2),
    UNREACHABLE(3),
    UNAUTHORISED(4),
    IO(5),
    /** A bug in this program (EX_SOFTWARE of sysexits.h). */
    INTERNAL(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** What failures are called in JSON: {@code no}, {@code usage}, {@code unreachable}… */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
