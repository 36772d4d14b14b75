package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Helidon's parts have four versions here; they must still fit each other. */
final class LinkageTest {
    private static final String HELIDON = "io/helidon/";

    /**
     * The micrometer provider is of 4.3.0, whose timer builder lacks a method that 4.5.0 added.
     * Nobody calls it as long as nobody sets a timer's base unit or switches limit metrics on.
     */
    private static final Set<String> KNOWN =
            Set.of(
                    "io/helidon/metrics/providers/micrometer/MTimer$Builder does not implement"
                            + " io/helidon/metrics/api/Timer$Builder.baseUnit"
                            + "(Ljava/lang/String;)Lio/helidon/metrics/api/Timer$Builder;");

    @Test
    void everythingThatIsShippedLinksWithTheHelidonThatIsShipped() throws Exception {
        var jars = Installation.jars();
        var classes =
                ClassPath.classes(
                        jars, name -> name.startsWith(HELIDON) || name.startsWith("io/gemproxy/"));
        assertTrue(classes.size() > 1000, "read only " + classes.size() + " classes");
        try (var path = new ClassPath(jars)) {
            assertEquals(KNOWN, new Linkage(path, HELIDON).findings(classes));
        }
    }

    @Test
    void aCallOfAMethodThatIsGoneIsFound() throws Exception {
        assertFinding(
                caller("io.helidon.webserver.WebServer", "gone", true),
                "made/Up refers to missing io/helidon/webserver/WebServer.gone()V");
    }

    @Test
    void aClassThatIsGoneIsFound() throws Exception {
        assertFinding(
                caller("io.helidon.webserver.Gone", "create", false),
                "made/Up refers to missing class io/helidon/webserver/Gone");
    }

    @Test
    void anInterfaceThatBecameAClassIsFound() throws Exception {
        assertFinding(
                caller("io.helidon.webserver.WebServer", "start", false),
                "made/Up refers to class taken for an interface, or the reverse:"
                        + " io/helidon/webserver/WebServer.start()V");
    }

    private static void assertFinding(byte[] content, String finding) throws Exception {
        try (var path = new ClassPath(Installation.jars())) {
            assertEquals(Set.of(finding), new Linkage(path, HELIDON).findings(List.of(content)));
        }
    }

    /** A class whose one method calls {@code owner.method()}. */
    private static byte[] caller(String owner, String method, boolean ofInterface) {
        var nothing = MethodTypeDesc.of(ConstantDescs.CD_void);
        return ClassFile.of()
                .build(
                        ClassDesc.of("made.Up"),
                        type ->
                                type.withMethodBody(
                                        "call",
                                        nothing,
                                        ClassFile.ACC_STATIC,
                                        code ->
                                                code.invokestatic(
                                                                ClassDesc.of(owner),
                                                                method,
                                                                nothing,
                                                                ofInterface)
                                                        .return_()));
    }
}
