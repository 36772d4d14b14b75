package io.gemproxy.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command and its exit codes. */
class MainIT {
    @TempDir private Path directory = Path.of("");
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.command().setErr(new PrintWriter(err, true)).execute(arguments);
    }

    @Test
    void unreadableScriptIsWrongUsage() {
        assertEquals(2, run("--port", "0", "--script", directory.resolve("none").toString()));
        assertTrue(err.toString().contains("cannot be read"));
    }

    @Test
    void badScriptLineIsNamed() throws Exception {
        Path script = Files.writeString(directory.resolve("s"), "\nkey k1: explode\n");
        assertEquals(2, run("--port", "0", "--script", script.toString()));
        assertTrue(err.toString().contains("line 2: 'explode'"), err.toString());
    }

    @Test
    void takenPortIsCode5() {
        try (Simulator holder = Simulator.builder().start()) {
            assertEquals(5, run("--port", Integer.toString(holder.port())));
            assertTrue(err.toString().contains("cannot listen on 127.0.0.1:"));
        }
    }

    @Test
    void badPortAndBadKeyAreWrongUsage() {
        assertEquals(2, run("--port", "70000"));
        assertEquals(2, run("--port", "0", "--key", "novalue"));
        assertEquals(2, run("--port", "0", "--prefix-cache", "-1"));
        assertEquals(2, run());
    }

    @Test
    void printsItsUrlAndStopsWhenInterrupted() throws Exception {
        PipedReader reader = new PipedReader();
        PrintWriter out = new PrintWriter(new PipedWriter(reader), true);
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread command =
                Thread.ofPlatform()
                        .start(() ->
                                code.complete(Main.command().setOut(out).execute("--port", "0")));
        String line = new BufferedReader(reader).readLine();
        assertTrue(line.startsWith("gemini-simulator listens on http://127.0.0.1:"), line);
        command.interrupt();
        assertEquals(0, code.get(10, TimeUnit.SECONDS));
    }
}
