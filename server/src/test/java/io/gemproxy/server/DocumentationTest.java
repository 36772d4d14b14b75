package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name nothing that is not there. */
final class DocumentationTest {
    private static final Path CHECKOUT = checkout(Path.of("").toAbsolutePath());
    private static final Path ROOMS = CHECKOUT.resolve("server/src/main/java/io/gemproxy/server");
    private static final List<String> MODULES =
            List.of("emissions", "simulator", "server", "cli", "dist");
    private static final int LONGEST_ARCHITECTURE = 150;

    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    private static final Pattern FOLDER = Pattern.compile("[a-z/]+/");
    private static final Pattern TYPE =
            Pattern.compile("([A-Z][A-Za-z]*[a-z][A-Za-z]*)(?:\\.(\\w+)(?:\\(\\))?)?");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>\\s*<groupId>[^<]+</groupId>\\s*<artifactId>([^<]+)<");
    private static final Pattern TARGET = Pattern.compile("`make ([a-z]+)`");
    private static final Pattern CONFLICT = Pattern.compile("(?m)^((?:<{7}|>{7}) .*)$");

    @Test
    void eachRoomThatTheArchitectureNamesExists() throws IOException {
        var folders = found(QUOTED, architecture()).filter(FOLDER.asMatchPredicate()).toList();
        assertFalse(folders.isEmpty());
        for (String folder : folders) {
            assertTrue(
                    Files.isDirectory(ROOMS.resolve(folder))
                            || Files.isDirectory(CHECKOUT.resolve(folder)),
                    folder);
        }
    }

    @Test
    void eachRoomThatExistsIsInTheArchitecture() throws IOException {
        String text = architecture();
        try (var folders = Files.walk(ROOMS)) {
            for (Path folder : folders.filter(Files::isDirectory).skip(1).toList()) {
                String room = ROOMS.relativize(folder) + "/";
                assertTrue(text.contains("`" + room + "`"), room);
            }
        }
    }

    @Test
    void eachTypeThatTheArchitectureNamesExists() throws IOException {
        Map<String, String> sources = sources();
        var names = found(QUOTED, architecture()).filter(TYPE.asMatchPredicate()).toList();
        assertFalse(names.isEmpty());
        for (String name : names) {
            var parts = TYPE.matcher(name);
            assertTrue(parts.matches());
            String source = sources.getOrDefault(parts.group(1), "");
            assertFalse(source.isEmpty(), name + " is named, but there is no such type");
            assertTrue(parts.group(2) == null || source.contains(parts.group(2)), name);
        }
    }

    @Test
    void theArchitectureFitsOnAPage() throws IOException {
        assertTrue(architecture().lines().count() <= LONGEST_ARCHITECTURE);
    }

    @Test
    void eachLinkOfADocumentLeadsSomewhere() throws IOException {
        for (Path document : documents()) {
            for (String link : found(LINK, Files.readString(document)).toList()) {
                Path target = document.resolveSibling(link);
                assertTrue(Files.exists(target), document + " links to " + link);
            }
        }
    }

    @Test
    void noDocumentHoldsAMergeThatNobodyFinished() throws IOException {
        for (Path document : documents()) {
            var marks = found(CONFLICT, Files.readString(document)).toList();
            assertEquals(List.of(), marks, document.toString());
        }
    }

    @Test
    void eachMakeTargetThatADocumentNamesExists() throws IOException {
        String makefile = Files.readString(CHECKOUT.resolve("Makefile"));
        var missing = new TreeSet<String>();
        for (Path document : documents()) {
            found(TARGET, Files.readString(document))
                    .filter(target -> !makefile.contains("\n" + target + ": ## "))
                    .forEach(missing::add);
        }
        assertEquals(new TreeSet<>(), missing);
    }

    @Test
    void eachDependencyOfAModuleHasItsReason() throws IOException {
        String page = Files.readString(CHECKOUT.resolve("docs/dependencies.md"));
        var missing = new TreeSet<String>();
        try (var modules = Files.list(CHECKOUT)) {
            for (Path pom :
                    modules.map(it -> it.resolve("pom.xml")).filter(Files::exists).toList()) {
                if (!pom.equals(CHECKOUT.resolve("pom.xml"))) {
                    found(DEPENDENCY, Files.readString(pom))
                            .filter(name -> !name.startsWith("gemproxy-"))
                            .filter(name -> !page.contains("`" + name + "`"))
                            .forEach(missing::add);
                }
            }
        }
        assertEquals(new TreeSet<>(), missing);
    }

    private static String architecture() throws IOException {
        return Files.readString(CHECKOUT.resolve("ARCHITECTURE.md"));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult result) -> result.group(1));
    }

    private static List<Path> documents() throws IOException {
        try (var top = Files.list(CHECKOUT);
                var docs = Files.walk(CHECKOUT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** Type name to source; one name in two modules counts as one. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : MODULES) {
            try (var files = Files.walk(CHECKOUT.resolve(module).resolve("src"))) {
                for (Path file : files.filter(DocumentationTest::isType).toList()) {
                    sources.merge(typeName(file), Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }

    private static boolean isType(Path file) {
        return file.toString().endsWith(".java") && !file.endsWith("package-info.java");
    }

    private static String typeName(Path file) {
        return String.valueOf(file.getFileName()).replace(".java", "");
    }

    private static Path checkout(Path from) {
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("ARCHITECTURE.md"))) {
                return folder;
            }
        }
        throw new IllegalStateException("not run inside a checkout: " + from);
    }
}
