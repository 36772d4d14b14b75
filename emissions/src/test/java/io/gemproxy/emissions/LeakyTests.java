package io.gemproxy.emissions;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Not run by Maven: {@link EmissionsExtensionTest} runs them, and each but one must fail. */
final class LeakyTests {
    static final String SECRET = "AIzaSy/leaked+by=a-test-0123456789";

    @TempDir private Path directory;

    private static String secret() {
        return Emissions.OF_THIS_RUN.secret("the leaked key", SECRET);
    }

    @Test
    void onStandardOutput() {
        System.out.println(secret());
    }

    @Test
    void onStandardError() {
        System.err.println(secret());
    }

    @Test
    void inAFile() throws Exception {
        Files.writeString(directory.resolve("audit.log"), secret());
    }

    @Test
    void inAnAnswer() {
        Emissions.OF_THIS_RUN.emitted("an answer", secret());
    }

    @Test
    void nowhere() throws Exception {
        Files.writeString(directory.resolve("proxy.yaml"), secret());
    }
}
