package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The JavaScript SDKs: one node process for each, which runs all of its cases. */
final class JavaScriptIT {
    private static final Path CASES = Path.of("js").toAbsolutePath();
    private static final int OLDEST_NODE = 20;

    @TestFactory
    List<DynamicTest> googleGenAi() throws Exception {
        return cases("google-genai.mjs", "node_modules/@google/genai");
    }

    @TestFactory
    List<DynamicTest> openAi() throws Exception {
        return cases("openai.mjs", "node_modules/openai");
    }

    private static List<DynamicTest> cases(String program, String module) throws Exception {
        skipWithout(module);
        List<DynamicTest> tests = new ArrayList<>();
        try (Bench bench = Bench.start(BenchOptions.keys(1, 1, 1));
                Steering steering = new Steering(bench.simulator())) {
            for (String line : run(program, bench, steering)) {
                JsonNode result = new ObjectMapper().readTree(line);
                tests.add(
                        dynamicTest(
                                result.path("name").asText(),
                                () -> assertEquals("", result.path("detail").asText())));
            }
            assertFalse(tests.isEmpty(), program + " ran no case");
        }
        return tests;
    }

    private static void skipWithout(String module) throws IOException, InterruptedException {
        String missing = null;
        if (nodeVersion() < OLDEST_NODE) {
            missing = "skipped: there is no node of version " + OLDEST_NODE + " or newer";
        } else if (!Files.isDirectory(CASES.resolve(module))) {
            missing = "skipped: " + module + " is missing; run npm ci in acceptance/js";
        }
        if (missing != null) {
            System.out.println("JavaScriptIT " + missing);
        }
        assumeTrue(missing == null, missing);
    }

    private static int nodeVersion() throws InterruptedException {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            String version =
                    new String(
                            node.getInputStream().readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8);
            node.waitFor();
            return Integer.parseInt(version.substring(1, version.indexOf('.')));
        } catch (IOException noNode) {
            return 0;
        }
    }

    private static List<String> run(String program, Bench bench, Steering steering)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("gemproxy-js", ".jsonl");
        ProcessBuilder builder =
                new ProcessBuilder("node", program)
                        .directory(CASES.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "BENCH_PROXY", bench.url(),
                                "BENCH_STEERING", steering.url(),
                                "BENCH_TOKEN", bench.token(),
                                "BENCH_RESTRICTED_TOKEN", bench.tokenForModel("gemini-2.5-pro")));
        Process node = builder.start();
        try {
            assertTrue(node.waitFor(90, TimeUnit.SECONDS), () -> program + " did not end");
            assertEquals(0, node.exitValue(), () -> read(output).toString());
            return read(output).stream().filter(line -> line.startsWith("{")).toList();
        } finally {
            node.destroyForcibly();
            Files.delete(output);
        }
    }

    private static List<String> read(Path output) {
        try {
            return Files.readAllLines(output);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
