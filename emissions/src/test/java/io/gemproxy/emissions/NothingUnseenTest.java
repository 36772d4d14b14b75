package io.gemproxy.emissions;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each test that meets the product, or makes a secret, speaks to the search or says why not. */
final class NothingUnseenTest {
    private static final List<String> MODULES = List.of("server", "cli", "dist", "acceptance");
    private static final Pattern MEETS_THE_PRODUCT =
            Pattern.compile(
                    "new Socket\\(|createSocket\\(|SocketChannel\\.open|HttpClient\\.new"
                            + "|openConnection\\(|DirectClient|new ProcessBuilder\\("
                            + "|createTempDirectory\\(\"|new Terminal\\(");
    private static final Pattern MAKES_A_KEY = Pattern.compile("\"AIza");

    /** Who meets the product, or seems to, without speaking to the search. */
    private static final Map<String, String> UNSEEN =
            Map.ofEntries(
                    entry("EmissionTap", "is a search itself, for one bench; the bench adds it up"),
                    entry("RawClient", "connects to an EmissionTap"),
                    entry("Crowd", "connects to an EmissionTap"),
                    entry(
                            "AuditDiskIT",
                            "starts mount and chattr, which know nothing of the product"),
                    entry("KilledWriterTest", "starts a writer of numbers, which holds no secret"),
                    entry("PipesTest", "starts mkfifo, which knows nothing of the product"),
                    entry(
                            "ProxyProcess",
                            "writes into a directory that Bench or ProcessIT searches"),
                    entry("JavaScriptIT", "starts a client, which connects to an EmissionTap"),
                    entry("NodeInstallation", "asks Node for its version"),
                    entry("ListenerIT", "reads through Rig"),
                    entry(
                            "AdminSocketIT",
                            "reads through SocketTalk, and one byte that must not be"),
                    entry("FirstSignatureTest", "starts mkfifo, as PipesTest does"),
                    entry("InheritedListenerIT", "holds both ends of its connection itself"),
                    entry("RestartLoad", "is a program, whose output ServiceMachine passes on"),
                    entry("RootFileSystem", "makes a Debian, before the product is in it"),
                    entry("RefusingServer", "holds both ends of its connection itself"),
                    entry("SocketFileIT", "holds both ends of its connection itself"),
                    entry("ScriptedUpstream", "is Google's end of a connection"),
                    entry("ServerCertificatesIT", "holds both ends of its connection itself"));

    /** Who writes something like a key without telling the search. */
    private static final Map<String, String> UNTOLD =
            Map.of(
                    "PooledKey", "is told by Bench, to the search of its own",
                    "ErrorScrubberTest", "is about text that comes from Google",
                    "InBandErrorsTest", "is about text that comes from Google",
                    "KeysApiIT", "looks for keys itself, in what its server has told the search of",
                    "OutcomeTableTest", "looks for keys in text that comes from Google",
                    "RequestLineTest", "holds what a client asks for, which no pool knows",
                    "TokenFormTest", "presents what no pool knows");

    @Test
    void eachTestThatMeetsTheProductIsSearched() throws IOException {
        assertEquals(new TreeSet<>(UNSEEN.keySet()), silent(MEETS_THE_PRODUCT));
    }

    @Test
    void eachTestThatMakesAKeyTellsIt() throws IOException {
        assertEquals(new TreeSet<>(UNTOLD.keySet()), silent(MAKES_A_KEY));
    }

    /** The test classes in which the pattern occurs and {@link Emissions} does not. */
    private static Set<String> silent(Pattern pattern) throws IOException {
        Set<String> silent = new TreeSet<>();
        for (String module : MODULES) {
            int seen = 0;
            try (var files = Files.walk(Path.of("..", module, "src/test/java"))) {
                for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    seen++;
                    if (pattern.matcher(source).find() && !source.contains("OF_THIS_RUN")) {
                        silent.add(String.valueOf(file.getFileName()).replace(".java", ""));
                    }
                }
            }
            assertTrue(seen > 0, module);
        }
        return silent;
    }
}
