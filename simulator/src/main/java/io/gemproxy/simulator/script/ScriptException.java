package io.gemproxy.simulator.script;

/** A script line that cannot be read: its number, what is wrong, what would be right. */
public final class ScriptException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    ScriptException(int line, String wrong, String right) {
        super("line " + line + ": " + wrong + "; " + right);
    }
}
