package io.gemproxy.server;

import io.gemproxy.server.logging.JournalStream;
import java.io.PrintStream;

/** What the command says on standard error; where the journal reads that, with its priority. */
final class Talk {
    private final PrintStream err;
    private final boolean priorities;

    private Talk(PrintStream err, boolean priorities) {
        this.err = err;
        this.priorities = priorities;
    }

    static Talk of(Platform platform) {
        return new Talk(platform.err(), JournalStream.ERR.isJournal(platform.environment()));
    }

    /** Why it ends. */
    void error(String line) {
        say("<3>", line);
    }

    void warning(String line) {
        say("<4>", line);
    }

    void remark(String line) {
        say("<6>", line);
    }

    private void say(String priority, String line) {
        err.println(priorities ? priority + line : line);
    }
}
