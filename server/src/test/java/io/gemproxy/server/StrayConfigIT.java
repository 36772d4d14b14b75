package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** There is one configuration: what Helidon would read besides has no effect. */
class StrayConfigIT {
    @TempDir private Path directory;

    @Test
    void aFileForHelidonInTheWorkingDirectoryIsNotRead() throws Exception {
        Files.writeString(
                Emissions.OF_THIS_RUN.given(directory.resolve("application.properties")),
                "metrics.enabled=false\nmetrics.app-name=stray\n");
        try (ServerProcess server = ServerProcess.serving(directory, yaml());
                Wire admin = Wire.to(server.adminPort())) {
            admin.send("GET", "/metrics", List.of(), new byte[0]);
            var answer = admin.read();
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            assertEquals(200, answer.status(), text);
            assertTrue(text.contains("gemini_proxy_build_info"), text);
        }
    }

    private String yaml() {
        return """
        server: {host: 127.0.0.1, port: 0, tls: {enabled: false}}
        gemini: {api_keys: [{id: alpha, key: %s}]}
        auth: {jwt_secret: %s}
        admin: {port: 0, open_endpoints: true}
        """
                .formatted(ServerFixture.keyOf("alpha"), ServerFixture.SECRET);
    }
}
