package io.gemproxy.emissions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A leak in each way the product can emit, and in each form, is found. */
final class PlantedLeaksTest {
    private static final String SECRET = "AIzaSy/planted+leak=0123456789";

    private final Emissions emissions = new Emissions();

    /** Not one that the search of the run itself looks at. */
    @TempDir(factory = TempDirFactory.Standard.class)
    private Path directory;

    /** Lets bytes out in one of the ways that are searched. */
    private interface Way {
        void out(Emissions emissions, byte[] bytes) throws IOException;
    }

    private final Map<String, Way> ways =
            Map.of(
                    "what was read",
                    (all, bytes) ->
                            all.from("what was read", new ByteArrayInputStream(bytes))
                                    .readAllBytes(),
                    "what was read byte by byte",
                    (all, bytes) -> {
                        var in =
                                all.from(
                                        "what was read byte by byte",
                                        new ByteArrayInputStream(bytes));
                        while (in.read() >= 0) {}
                    },
                    "what was skipped",
                    (all, bytes) ->
                            all.from("what was skipped", new ByteArrayInputStream(bytes))
                                    .skipNBytes(bytes.length),
                    "what was written",
                    (all, bytes) ->
                            all.into("what was written", new ByteArrayOutputStream()).write(bytes),
                    "what was told",
                    (all, bytes) -> all.emitted("what was told", bytes),
                    "the file audit.log",
                    (all, bytes) -> {
                        Files.write(directory.resolve("audit.log"), bytes);
                        all.directory(directory);
                    });

    @Test
    void isFoundInEachWayAndForm() throws IOException {
        emissions.secret("it", SECRET);
        for (Map.Entry<String, Way> way : ways.entrySet()) {
            for (Map.Entry<String, byte[]> form : SecretForms.of("it", SECRET).entrySet()) {
                way.getValue().out(emissions, among(form.getValue()));
                assertEquals(
                        Set.of(form.getKey() + " in " + way.getKey()),
                        emissions.judge(),
                        () -> form.getKey() + " " + way.getKey());
                assertEquals(Set.of(), emissions.judge(), "found once");
            }
        }
    }

    private static byte[] among(byte[] form) {
        byte[] bytes = new byte[form.length + 200];
        Arrays.fill(bytes, (byte) '.');
        System.arraycopy(form, 0, bytes, 100, form.length);
        return bytes;
    }

    @Test
    void isFoundWhereTheSecretIsKnownOnlyAfterwards() {
        emissions.emitted("the log", "generated: " + SECRET);
        emissions.secret("it", SECRET);

        assertEquals(Set.of("it in plain in the log"), emissions.judge());
    }

    @Test
    void isFoundAcrossTwoTestsAndAfterAMebibyte() throws IOException {
        emissions.secret("it", SECRET);
        var out = emissions.into("the log", new ByteArrayOutputStream());
        out.write(new byte[(3 << 20) + 17]);
        out.write(SECRET.substring(0, 9).getBytes(StandardCharsets.UTF_8));
        assertEquals(Set.of(), emissions.judge());
        out.write(SECRET.substring(9).getBytes(StandardCharsets.UTF_8));

        assertEquals(Set.of("it in plain in the log"), emissions.judge());
    }

    @Test
    void isFoundInTheChangedFileOnly() throws IOException {
        emissions.secret("it", SECRET);
        emissions.directory(directory);
        Files.writeString(directory.resolve("proxy.yaml"), "key: " + SECRET);
        Files.writeString(Files.createDirectories(directory.resolve("var")).resolve("a"), "none");
        assertEquals(Set.of(), emissions.judge());
        Files.writeString(directory.resolve("var/a"), "then: " + SECRET);

        assertEquals(Set.of("it in plain in the file var/a"), emissions.judge());
    }

    @Test
    void isFoundWhenAPrivateKeyLeavesItsFile() throws IOException {
        String line = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPlantedPrivateKe";
        Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + line + "\nAAAA\n-----END PRIVATE KEY-----\n");
        Files.writeString(directory.resolve("log"), line);
        emissions.directory(directory);

        assertEquals(
                Set.of("the private key of a test in plain in the file log"), emissions.judge());
    }

    @Test
    void isNotSoughtInAFileThatGivesIt() throws IOException {
        emissions.secret("it", SECRET);
        Files.writeString(emissions.given(directory.resolve("jwt-secret")), SECRET);
        emissions.directory(directory);
        assertEquals(Set.of(), emissions.judge());
    }

    @Test
    void isRefusedWhereItIsTooShortToBeToldFromChance() {
        assertThrows(IllegalArgumentException.class, () -> emissions.secret("it", "1234567"));
    }

    @Test
    void twoSecretsOfOneNameAreBothFound() {
        emissions.secret("it", SECRET);
        emissions.secret("it", "another/" + SECRET.substring(6));
        emissions.emitted("there", "another/" + SECRET.substring(6));
        emissions.emitted("here", SECRET);

        assertEquals(Set.of("it in plain in here", "it (2) in plain in there"), emissions.judge());
    }

    @Test
    void theFindingDoesNotHoldTheSecret() {
        emissions.secret("it", SECRET);
        ways.forEach((name, way) -> {
            try {
                way.out(emissions, SECRET.getBytes(StandardCharsets.UTF_8));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });

        String found = emissions.judge().toString();
        assertFalse(found.contains(SECRET.substring(0, 10)), found);
    }
}
