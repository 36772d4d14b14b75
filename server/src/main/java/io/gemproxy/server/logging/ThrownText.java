package io.gemproxy.server.logging;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a log line tells of an exception: its chain of causes, and where the deepest began. */
final class ThrownText {
    private static final int MAX_CAUSES = 8;
    private static final int MAX_FRAMES = 8;

    private ThrownText() {}

    static String chain(Throwable thrown) {
        List<String> causes = new ArrayList<>();
        for (Throwable cause : causes(thrown)) {
            String message = message(cause);
            String name = cause.getClass().getName();
            causes.add(message == null ? name : name + ": " + message);
        }
        return String.join("; caused by ", causes);
    }

    static List<String> frames(Throwable thrown) {
        List<String> frames = new ArrayList<>();
        StackTraceElement[] trace = causes(thrown).getLast().getStackTrace();
        for (int i = 0; i < Math.min(MAX_FRAMES, trace.length); i++) {
            StackTraceElement frame = trace[i];
            frames.add(
                    frame.getClassName()
                            + '.'
                            + frame.getMethodName()
                            + ':'
                            + frame.getLineNumber());
        }
        return frames;
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown;
                cause != null && causes.size() < MAX_CAUSES && !causes.contains(cause);
                cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** An exception may compute its message, and fail at that. */
    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException broken) {
            return "(no message)";
        }
    }
}
