package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.ChildJvm;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar of packages: made of other jars, it does what they did. */
final class OneJarIT {
    private static final String CASES =
            """
            package made;

            import java.util.List;

            public final class Cases {
                record All(boolean z, byte b, short s, char c, int i, long l, float f, double d,
                        String text, Object other) {}
                record Taken(int number) {
                    static int hashCode$0(Taken it) { return 1; }
                    static boolean equals$1(Taken it, Object other) { return false; }
                }
                record None() {}
                record Wide(List<String> list) {
                    @Override public int hashCode() { return 7; }
                }
                sealed interface Shape {
                    default String name() {
                        return switch (this) {
                            case Circle circle -> "circle";
                            case Square square -> "square";
                            case Pair(Circle left, var right) -> "circle and " + right.name();
                            case Pair pair -> "pair";
                        };
                    }
                }
                record Circle(double radius) implements Shape {}
                record Square(float side) implements Shape {}
                record Pair(Shape left, Shape right) implements Shape {}

                static String told(Object value) {
                    return switch (value) {
                        case null -> "nothing";
                        case Circle circle when circle.radius() > 10 -> "big";
                        case Shape shape -> shape.name();
                        case Integer number when number > 3 -> "many";
                        case Number number -> "number";
                        case CharSequence text -> "text of " + text.length();
                        default -> "something";
                    };
                }

                static String word(String text) {
                    return switch (text) {
                        case "a" -> "first";
                        case String it when it.isEmpty() -> "none";
                        default -> "other";
                    };
                }

                /** Differs from all(-1) in one component. */
                private static All all(int which) {
                    return new All(which == 0, (byte) (which == 1 ? 1 : 0), (short) (which == 2 ? 1 : 0),
                            which == 3 ? 'b' : 'a', which == 4 ? 1 : 0, which == 5 ? 1L << 40 : 0,
                            which == 6 ? -0f : 0f, which == 7 ? Double.MIN_VALUE : 0,
                            which == 8 ? null : "text", which == 9 ? List.of(1) : null);
                }

                public static void main(String[] arguments) {
                    Object[] values = {
                        all(-1), all(-1), all(0), all(1), all(2), all(3), all(4), all(5), all(6), all(7),
                        all(8), all(9), new Taken(1), new Taken(1), new Taken(2), new None(),
                        new None(), new Wide(null),
                        new Wide(List.of()), new Circle(0.0), new Circle(-0.0), new Circle(11),
                        new Circle(Double.NaN), new Circle(Double.NaN), new Square(Float.NaN),
                        new Square(-0f), new Square(0f), new Pair(new Circle(1), new Square(1)),
                        new Pair(new Square(1), null), null, 3, 4, 4L, "a", "", 'c'
                    };
                    for (Object value : values) {
                        StringBuilder line = new StringBuilder(told(value));
                        if (value instanceof Record it) {
                            line.append(' ').append(it).append(' ').append(it.hashCode()).append(' ');
                            for (Object other : values) {
                                line.append(it.equals(other) ? 1 : 0);
                            }
                        }
                        System.out.println(line);
                    }
                    System.out.println(word("a") + " " + word("") + " " + word("b"));
                }
            }
            """;

    @TempDir private Path directory;
    private Path jars;
    private Path one;

    @BeforeEach
    void chooseADirectory() throws Exception {
        jars = Files.createDirectory(directory.resolve("jars"));
        one = jars.resolve("gemproxy.jar");
    }

    @Test
    void recordsAndSwitchesDoTheSameWithoutTheVmsHelp() throws Exception {
        Path classes = compiled();
        Map<String, byte[]> content = new LinkedHashMap<>();
        try (var files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        Path jar = jar("cases-1.0", content);
        String before = ran(jar);
        assertEquals(37, before.lines().count(), before);
        assertTrue(before.lines().findFirst().orElseThrow().contains(" 110000000000"), before);
        assertTrue(before.contains("big Circle[radius=11.0]"), before);
        assertTrue(before.endsWith("first none other\n"), before);
        assertTrue(dynamic(jar).contains("java.lang.runtime.ObjectMethods equals"));

        Outcome made = make();
        assertEquals(new Outcome(0, "", ""), made);
        assertEquals(before, ran(one));
        Set<String> left = dynamic(one);
        left.removeIf(site -> site.startsWith("java.lang.invoke"));
        assertEquals(
                Set.of(
                        "java.lang.runtime.ObjectMethods toString",
                        // that of the strings
                        "java.lang.runtime.SwitchBootstraps typeSwitch"),
                left);
    }

    @Test
    void eachLibraryKeepsItsNoticesAndItsServices() throws Exception {
        String service = "META-INF/services/made.Service";
        jar("a-1.0", text(Map.of("META-INF/LICENSE", "A", service, "made.A", "a/a.txt", "a")));
        jar("b-2.0", text(Map.of("META-INF/LICENSE", "B", service, "made.B\n", "b/b.txt", "b")));

        assertEquals(new Outcome(0, "", ""), make());
        try (var files = Files.list(jars)) {
            assertEquals(List.of(one), files.toList());
        }
        assertEquals(List.of("a-1.0", "b-2.0"), Installation.libraries(List.of(one)));
        try (var jar = new JarFile(one.toFile())) {
            assertEquals("A", text(jar, "META-INF/libraries/a-1.0/LICENSE"));
            assertEquals("B", text(jar, "META-INF/libraries/b-2.0/LICENSE"));
            assertEquals("b", text(jar, "b/b.txt"));
            assertEquals(
                    List.of("made.A", "made.B"),
                    text(jar, service).lines().filter(line -> !line.isEmpty()).toList());
            assertEquals("true", jar.getManifest().getMainAttributes().getValue("Multi-Release"));
        }
    }

    @Test
    void whatTwoLibrariesHaveIsRefusedAndNothingIsLost() throws Exception {
        Path first = jar("a-1.0", text(Map.of("settings.txt", "a")));
        Path second = jar("b-2.0", text(Map.of("settings.txt", "b")));
        Outcome made = make();
        assertNotEquals(0, made.status());
        assertTrue(
                made.err().contains("both a-1.0 and b-2.0 have settings.txt: say in OneJar.java"),
                made.err());
        assertTrue(Files.exists(first) && Files.exists(second));
        try (var files = Files.list(jars)) {
            assertEquals(2, files.count());
        }
        assertFalse(Files.exists(one));
    }

    private Outcome make() throws Exception {
        return java(
                List.of(
                        Installation.checkout().resolve("dist/src/package/Store.java").toString(),
                        jars.toString()));
    }

    private String ran(Path jar) throws Exception {
        Outcome outcome = java(List.of("-cp", jar.toString(), "made.Cases"));
        assertEquals(0, outcome.status(), outcome.err());
        return outcome.out();
    }

    private Outcome java(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(ChildJvm.java());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        return Outcome.of(directory, Map.of("PATH", "/usr/bin:/bin"), command);
    }

    private Path compiled() throws IOException {
        Path source = Files.writeString(directory.resolve("Cases.java"), CASES);
        Path classes = directory.resolve("classes");
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString());
        assertEquals(0, status);
        return classes;
    }

    private Path jar(String name, Map<String, byte[]> content) throws IOException {
        Path jar = jars.resolve(name + ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            out.write("Manifest-Version: 1.0\n\n".getBytes(StandardCharsets.UTF_8));
            for (var entry : content.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }

    private static Map<String, byte[]> text(Map<String, String> files) {
        Map<String, byte[]> content = new LinkedHashMap<>();
        files.forEach((name, text) -> content.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return content;
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (var in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the classes of a jar ask the VM to make: who makes it, and its name. */
    private static Set<String> dynamic(Path file) throws IOException {
        Set<String> sites = new TreeSet<>();
        for (byte[] content : ClassPath.classes(List.of(file), name -> true)) {
            for (var method : ClassFile.of().parse(content).methods()) {
                method.code().stream()
                        .flatMap(code -> code.elementStream())
                        .filter(InvokeDynamicInstruction.class::isInstance)
                        .map(InvokeDynamicInstruction.class::cast)
                        .forEach(site ->
                                sites.add(
                                        site.bootstrapMethod().owner().packageName()
                                                + "."
                                                + site.bootstrapMethod().owner().displayName()
                                                + " "
                                                + site.name().stringValue()));
            }
        }
        return sites;
    }
}
