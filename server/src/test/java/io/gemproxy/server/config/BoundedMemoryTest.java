package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.ChildJvm;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The costliest texts of an allowed size, in a Java machine of 64 MiB. */
class BoundedMemoryTest {
    @TempDir Path directory;

    /** Loads each file it is given; a file that cannot be loaded in bounds ends it. */
    public static void main(String[] files) {
        for (String file : files) {
            ConfigSource source = new ConfigSource.InFile(Path.of(file));
            ConfigResult result = Loads.bare(source, Map.of(), Path.of(""));
            System.out.println(result.findings().getFirst().rule().code());
        }
    }

    @Test
    void aBombIsRefusedInSixtyFourMebibytes() throws IOException, InterruptedException {
        Path flat = write("flat", "? {a: 1, b: 2}\n: [1, 2, 3, 4]\n".repeat(30_000));
        Path list = write("list", "gemini: {api_keys: [" + "a,".repeat(500_000) + "a]}");
        Path wide =
                write(
                        "wide",
                        IntStream.range(0, 80_000)
                                .mapToObj(i -> "key" + i + ": 1")
                                .collect(Collectors.joining("\n")));
        Path scalar = write("scalar", "server:\n  host: " + "a".repeat(1_000_000));
        Process process = load(flat, list, wide, scalar);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        InputStream out = Emissions.OF_THIS_RUN.from("standard output", process.getInputStream());
        String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), said);
        assertEquals(4, said.lines().filter(line -> line.startsWith("GPX")).count(), said);
    }

    private Path write(String name, String yaml) throws IOException {
        assertTrue(yaml.length() <= SourceText.MOST_BYTES, name);
        return Files.writeString(directory.resolve(name), yaml);
    }

    private static Process load(Path... files) throws IOException {
        List<String> command =
                ChildJvm.command(
                        List.of("-Xmx64m"),
                        BoundedMemoryTest.class.getName(),
                        Stream.of(files).map(Path::toString).toArray(String[]::new));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
