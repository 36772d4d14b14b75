package io.gemproxy.emissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The extension registers itself, and fails the test that leaks. */
final class EmissionsExtensionTest {
    @Test
    void failsEachLeakyTestAndNamesItTheFormAndThePlace() {
        Map<String, String> failures = new TreeMap<>();
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(LeakyTests.class))
                        .build();
        LauncherFactory.create().execute(request, new Collector(failures));

        assertEquals(
                Map.of(
                        "onStandardOutput()", "System.out",
                        "onStandardError()", "System.err",
                        "inAFile()", "the file audit.log",
                        "inAnAnswer()", "an answer",
                        "nowhere()", ""),
                failures);
    }

    /** The place that each failure names. */
    private record Collector(Map<String, String> failures) implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                String message = result.getThrowable().map(Throwable::getMessage).orElse("");
                assertFalse(message.contains(LeakyTests.SECRET), "the message holds the secret");
                String before = "LeakyTests " + test.getDisplayName();
                boolean named = message.isEmpty() || message.contains(before);
                failures.put(
                        test.getDisplayName(),
                        named
                                ? message.replaceFirst("(?s).*the leaked key in plain in ", "")
                                        .replaceFirst("]$", "")
                                : message);
            }
        }
    }
}
