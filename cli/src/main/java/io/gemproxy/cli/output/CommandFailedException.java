package io.gemproxy.cli.output;

/** A command cannot do what was asked; the message is for the user and holds no secret. */
public final class CommandFailedException extends RuntimeException {
    private final ExitCode exitCode;

    public CommandFailedException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public CommandFailedException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
