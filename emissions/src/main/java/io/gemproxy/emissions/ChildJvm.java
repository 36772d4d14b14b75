package io.gemproxy.emissions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command of a JVM that a test starts with its own classes. What it says is searched only if
 * the test hands it to {@link Emissions}.
 */
public final class ChildJvm {
    private static final List<String> QUICK_TO_START =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private ChildJvm() {}

    /** A program of the test's class path, in a JVM that starts quickly. */
    public static List<String> command(Class<?> program, String... arguments) {
        return command(QUICK_TO_START, program.getName(), arguments);
    }

    /**
     * The same with other options of the JVM.
     *
     * @param program the name of a class with a {@code main}
     */
    public static List<String> command(List<String> options, String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), program));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    /** The {@code java} that runs this test. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** This test's, which Surefire may have put into a jar's manifest. */
    public static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
