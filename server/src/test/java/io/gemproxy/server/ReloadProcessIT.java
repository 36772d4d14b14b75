package io.gemproxy.server;

import io.gemproxy.emissions.Emissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command notices what happens to its file, and takes SIGHUP for a reason to look. */
class ReloadProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path directory;

    @Test
    void aFileThatIsSavedIsReadByItself() throws Exception {
        try (ServerProcess server = ServerProcess.serving(directory, yaml(true, 60))) {
            server.proxyPort();
            save(yaml(true, 61));
            said(server, "changed: auth.rate_limit_per_minute");
            save(yaml(true, 62).replace("62", "sixty"));
            said(server, "the configuration is refused");
        }
    }

    @Test
    void aHangUpReadsItWhereNobodyWatches() throws Exception {
        try (ServerProcess server = ServerProcess.serving(directory, yaml(false, 60))) {
            server.proxyPort();
            save(yaml(false, 61));
            server.hangUp();
            said(server, "changed: auth.rate_limit_per_minute");
        }
    }

    private void save(String yaml) throws Exception {
        Files.writeString(Emissions.OF_THIS_RUN.given(directory.resolve("proxy.yaml")), yaml);
    }

    private static void said(ServerProcess server, String words) {
        ServerFixture.await(() -> server.out().contains(words), PATIENCE, words);
    }

    private String yaml(boolean watch, int limit) {
        return """
        server: {host: 127.0.0.1, port: 0, tls: {enabled: false}}
        gemini: {api_keys: [{id: alpha, key: %s}]}
        auth: {jwt_secret: %s, rate_limit_per_minute: %d}
        admin: {port: 0}
        audit: {path: %s, chain_key_file: %s}
        state: {dir: %s}
        reload: {watch: %s}
        """
                .formatted(
                        ServerFixture.keyOf("alpha"),
                        ServerFixture.SECRET,
                        limit,
                        directory.resolve("audit.log"),
                        directory.resolve("chain.key"),
                        directory.resolve("var"),
                        watch);
    }
}
