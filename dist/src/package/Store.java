import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes the jars of a directory anew, for a package and for the caches of their classes:
 *
 * <p>Without compression, since a package is compressed as a whole: it becomes a sixth smaller, and
 * no class has to be inflated at the start.
 *
 * <p>Classes in the form of Java 5 and older, which no cache takes, in that of Java 8: the same
 * code, with the frames that the newer verifier wants. All else stays byte for byte the same.
 */
void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (var files = Files.list(Path.of(arguments[0]))) {
        jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    for (Path jar : jars) {
        Path stored = jar.resolveSibling(jar.getFileName() + ".stored");
        try (var in = new ZipFile(jar.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(stored))) {
            store(in, out);
        }
        Files.move(stored, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}

void store(ZipFile in, ZipOutputStream out) throws IOException {
    var classes = classFile(in);
    boolean signed = in.stream().anyMatch(entry -> isSignature(entry.getName()));
    for (ZipEntry entry : in.stream().toList()) {
        if (isSignature(entry.getName())) {
            continue;
        }
        byte[] content = content(in, entry);
        if (entry.getName().endsWith(".class")) {
            content = renewed(classes, content);
        }
        if (signed && entry.getName().equals(JarFile.MANIFEST_NAME)) {
            content = withoutDigests(content);
        }
        var sum = new CRC32();
        sum.update(content);
        var copy = new ZipEntry(entry);
        copy.setMethod(ZipEntry.STORED);
        copy.setSize(content.length);
        copy.setCompressedSize(content.length);
        copy.setCrc(sum.getValue());
        out.putNextEntry(copy);
        out.write(content);
    }
}

boolean isSignature(String name) {
    return name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
}

byte[] withoutDigests(byte[] manifest) throws IOException {
    var parsed = new Manifest(new ByteArrayInputStream(manifest));
    parsed.getEntries().clear();
    var out = new ByteArrayOutputStream();
    parsed.write(out);
    return out.toByteArray();
}

byte[] renewed(ClassFile classes, byte[] content) {
    ClassModel model = classes.parse(content);
    if (model.majorVersion() >= ClassFile.JAVA_6_VERSION) {
        return content;
    }
    ClassTransform version =
            (builder, element) -> {
                if (element instanceof ClassFileVersion) {
                    builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                } else {
                    builder.with(element);
                }
            };
    // Bodies are written anew, and with that their frames.
    return classes.transformClass(
            model, version.andThen(ClassTransform.transformingMethodBodies(CodeBuilder::with)));
}

/** Frames need to know what extends what: of the jar itself, or of the JDK. */
ClassFile classFile(ZipFile jar) {
    var ofJar =
            ClassHierarchyResolver.ofResourceParsing(type -> {
                String name = type.descriptorString();
                var entry = jar.getEntry(name.substring(1, name.length() - 1) + ".class");
                try {
                    return entry == null ? null : jar.getInputStream(entry);
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            });
    return ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                    ofJar.orElse(ClassHierarchyResolver.defaultResolver())));
}

byte[] content(ZipFile jar, ZipEntry entry) throws IOException {
    try (var in = jar.getInputStream(entry)) {
        return in.readAllBytes();
    }
}
