package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The files for containers: by linter and schemas, and their configurations by our own program. */
final class ContainerFilesIT {
    private static final Path CHECK = Installation.checkout().resolve("deploy/check");
    private static final String SECRET =
            Emissions.OF_THIS_RUN.secret(
                    "the signing secret", "c7Vb1/Qw3Er5Ty7+Ui9Op2As4Df6Gh8Jk0Lz=");
    private static final String KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the pooled key", "AIzaSyContainer-pooled-key-0123456789ab");

    @TempDir private Path directory;

    @TestFactory
    List<DynamicTest> areWhatTheirSpecificationsAndThisHouseWant() throws Exception {
        skipWithoutNode();
        Outcome outcome =
                Outcome.of(
                        Installation.checkout(),
                        RunningProxy.environment(),
                        List.of("node", CHECK.resolve("check.mjs").toString()));
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : outcome.out().lines().toList()) {
            JsonNode result = new ObjectMapper().readTree(line);
            tests.add(
                    dynamicTest(
                            result.path("name").asText(),
                            () -> assertEquals("", result.path("detail").asText())));
        }
        assertTrue(tests.size() > 15, outcome.err());
        return tests;
    }

    @Test
    void theConfigurationOfComposeIsValid() throws Exception {
        assertValid(
                Files.readString(Installation.checkout().resolve("deploy/container/proxy.yaml")));
    }

    @Test
    void theConfigurationOfKubernetesIsValid() throws Exception {
        String map =
                Files.readString(
                        Installation.checkout().resolve("deploy/kubernetes/configmap.yaml"));
        assertValid(map.substring(map.indexOf("proxy.yaml: |\n") + 14).stripIndent());
    }

    /** What the containers' paths stand for is put below the directory of the test. */
    private void assertValid(String config) throws Exception {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        secret(secrets.resolve("jwt-secret"), SECRET);
        secret(secrets.resolve("gemini-primary"), KEY);
        Path file = directory.resolve("proxy.yaml");
        Files.writeString(
                file, config.replaceAll("/run/secrets|/etc/gemproxy/secrets", secrets.toString()));
        Outcome outcome =
                Outcome.of(
                        directory,
                        RunningProxy.environment(),
                        List.of(
                                Installation.program("gemproxy-cli").toString(),
                                "validate",
                                file.toString()));
        assertEquals(0, outcome.status(), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains(" 0 warnings"), outcome.out());
    }

    private static void secret(Path file, String value) throws IOException {
        Files.writeString(Emissions.OF_THIS_RUN.given(file), value);
        assertTrue(file.toFile().setReadable(false, false) && file.toFile().setReadable(true));
    }

    private static void skipWithoutNode() {
        String missing = null;
        if (!Files.isDirectory(CHECK.resolve("node_modules/yaml"))) {
            missing = "its modules are missing; run npm ci in deploy/check";
        } else if (Stream.of("/usr/local/bin", "/usr/bin")
                .noneMatch(it -> Files.isExecutable(Path.of(it, "node")))) {
            missing = "there is no node";
        }
        if (missing != null) {
            System.out.println("ContainerFilesIT skipped: " + missing);
        }
        assumeTrue(missing == null, missing);
    }
}
