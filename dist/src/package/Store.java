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
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Makes one jar, {@code gemproxy.jar}, of the jars of a directory, for a package and for the caches
 * of their classes ({@link OneJar}):
 *
 * <p>One, since for each jar the VM makes a manifest, an address and a domain at every start, and
 * opens it to look for services.
 *
 * <p>Without compression, since a package is compressed as a whole: it becomes a sixth smaller, and
 * no class has to be inflated at the start.
 *
 * <p>Classes in the form of Java 5 and older, which no cache takes, in that of Java 8: the same
 * code, with the frames that the newer verifier wants.
 *
 * <p>With {@link CallSites} written out that the VM would make at each start. All else stays byte
 * for byte the same.
 */
void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    List<Path> jars;
    try (var files = Files.list(directory)) {
        jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    Path made = directory.resolve("gemproxy.jar.new");
    List<ZipFile> open = new ArrayList<>();
    try (var one = new OneJar(Files.newOutputStream(made))) {
        for (Path jar : jars) {
            open.add(new ZipFile(jar.toFile()));
        }
        fill(one, jars, open);
    } catch (IOException | RuntimeException failed) {
        Files.deleteIfExists(made);
        throw failed;
    } finally {
        for (ZipFile jar : open) {
            jar.close();
        }
    }
    for (Path jar : jars) {
        Files.delete(jar);
    }
    Files.move(made, directory.resolve("gemproxy.jar"), StandardCopyOption.ATOMIC_MOVE);
}

void fill(OneJar one, List<Path> jars, List<ZipFile> open) throws IOException {
    var classes = classFile(open);
    for (int i = 0; i < jars.size(); i++) {
        one.begin(jars.get(i).getFileName().toString().replaceFirst("\\.jar$", ""));
        for (ZipEntry entry : open.get(i).stream().toList()) {
            if (!entry.isDirectory()) {
                one.add(entry.getName(), content(classes, open.get(i), entry));
            }
        }
    }
}

byte[] content(ClassFile classes, ZipFile jar, ZipEntry entry) throws IOException {
    byte[] content;
    try (var in = jar.getInputStream(entry)) {
        content = in.readAllBytes();
    }
    if (entry.getName().endsWith(".class")) {
        return CallSites.writtenOut(classes, renewed(classes, content));
    }
    return entry.getName().equals(JarFile.MANIFEST_NAME) ? withoutDigests(content) : content;
}

/** What a manifest says of single entries is for signatures, which are left out. */
byte[] withoutDigests(byte[] manifest) throws IOException {
    var parsed = new Manifest(new ByteArrayInputStream(manifest));
    if (parsed.getEntries().isEmpty()) {
        return manifest;
    }
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

/** Frames need to know what extends what: of these jars, or of the JDK. */
ClassFile classFile(List<ZipFile> jars) {
    var ofJars =
            ClassHierarchyResolver.ofResourceParsing(type -> {
                String name = type.descriptorString();
                String file = name.substring(1, name.length() - 1) + ".class";
                for (ZipFile jar : jars) {
                    ZipEntry entry = jar.getEntry(file);
                    if (entry != null) {
                        try {
                            return jar.getInputStream(entry);
                        } catch (IOException unreadable) {
                            throw new UncheckedIOException(unreadable);
                        }
                    }
                }
                return null;
            });
    return ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                    ofJars.orElse(ClassHierarchyResolver.defaultResolver()).cached()));
}
