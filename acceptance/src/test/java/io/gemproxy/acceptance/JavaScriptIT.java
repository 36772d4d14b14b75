package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
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
    @TestFactory
    List<DynamicTest> googleGenAi() throws Exception {
        return cases(NodeInstallation.ofTheMachine(), "google-genai.mjs", "@google/genai");
    }

    @TestFactory
    List<DynamicTest> openAi() throws Exception {
        return cases(NodeInstallation.ofTheMachine(), "openai.mjs", "openai");
    }

    @TestFactory
    List<DynamicTest> newestGoogleGenAi() throws Exception {
        return cases(NodeInstallation.newest(), "google-genai.mjs", "@google/genai");
    }

    @TestFactory
    List<DynamicTest> newestOpenAi() throws Exception {
        return cases(NodeInstallation.newest(), "openai.mjs", "openai");
    }

    private static List<DynamicTest> cases(
            NodeInstallation installation, String program, String module) throws Exception {
        installation.skipWithout(module);
        List<DynamicTest> tests = new ArrayList<>();
        try (Bench bench = Bench.start(BenchOptions.keys(1, 1, 1));
                Steering steering = new Steering(bench.simulator())) {
            for (String line : run(installation, program, bench, steering)) {
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

    private static List<String> run(
            NodeInstallation installation, String program, Bench bench, Steering steering)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("gemproxy-js", ".jsonl");
        ProcessBuilder builder =
                new ProcessBuilder(installation.node(), program)
                        .directory(installation.casesFolder().toFile())
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
