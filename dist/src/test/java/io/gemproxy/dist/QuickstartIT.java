package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one command of the README, in a checkout that is already built. */
final class QuickstartIT {
    private static final Pattern SECRET =
            Pattern.compile("(?:jwt_secret|admin_password): \"(\\S{48})\"");

    @TempDir private Path checkout;

    @BeforeEach
    void layOutABuiltCheckout() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
        Files.createFile(checkout.resolve("pom.xml"));
        for (String module : List.of("simulator", "server", "cli", "dist")) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main"));
            Files.createFile(checkout.resolve(module).resolve("pom.xml"));
        }
        Path target = Files.createDirectories(checkout.resolve("dist/target"));
        Files.createSymbolicLink(target.resolve("gemproxy"), Installation.home());
        Path script = Path.of("scripts/quickstart.sh");
        Files.createDirectories(checkout.resolve("scripts"));
        Files.copy(Installation.checkout().resolve(script), checkout.resolve(script));
        Files.createFile(target.resolve("quickstart.stamp"));
    }

    @Test
    void endsWithAStreamedAnswerAndKeepsWhatItMadeTheNextTime() throws Exception {
        Outcome first = quickstart();
        assertEquals(0, first.status(), first.out() + first.err());
        assertTrue(first.out().contains("bundled simulator"), first.out());
        assertTrue(answer(first).strip().length() > 1, first.out());
        assertTrue(Pattern.compile("(?m)^ey\\S+\\.ey\\S+\\.\\S+$").matcher(first.out()).find());

        Path config = checkout.resolve("config/proxy.yaml");
        String written = Files.readString(config);
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(config)));
        List<String> secrets =
                SECRET.matcher(written).results().map(found -> found.group(1)).toList();
        assertEquals(2, secrets.size());
        secrets.forEach(secret -> Emissions.OF_THIS_RUN.secret("a generated secret", secret));
        String certificate = Files.readString(checkout.resolve("certs/cert.pem"));

        Outcome second = quickstart();
        assertEquals(0, second.status(), second.out() + second.err());
        assertEquals(written, Files.readString(config));
        assertEquals(certificate, Files.readString(checkout.resolve("certs/cert.pem")));
    }

    /** What stands between the request line and the token. */
    private static String answer(Outcome outcome) {
        return outcome.out()
                .replaceFirst("(?s).*streamGenerateContent\\?alt=sse\n", "")
                .replaceFirst("(?s)\nYour client token.*", "");
    }

    private Outcome quickstart() throws Exception {
        List<String> command = new ArrayList<>(List.of("scripts/quickstart.sh", "--once"));
        try (var proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var admin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            command.addAll(List.of("--port", String.valueOf(proxy.getLocalPort())));
            command.addAll(List.of("--admin-port", String.valueOf(admin.getLocalPort())));
        }
        var environment =
                Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", System.getProperty("java.home"));
        return Outcome.of(checkout, environment, command);
    }
}
