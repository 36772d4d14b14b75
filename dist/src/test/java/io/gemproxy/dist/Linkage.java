package io.gemproxy.dist;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Whether classes that were compiled against other versions of a library still fit the ones that
 * are there: what the JVM would find out as a LinkageError, at the first call, in production.
 */
final class Linkage {
    private final ClassPath path;
    private final String library;

    /**
     * @param library internal package prefix, e.g. {@code io/helidon/}: only what is declared there
     *     is checked
     */
    Linkage(ClassPath path, String library) {
        this.path = path;
        this.library = library;
    }

    /** One sentence per reference that does not resolve and per method left open. */
    Set<String> findings(Collection<byte[]> classes) {
        return classes.stream()
                .flatMap(content -> Stream.concat(unresolved(content), leftOpen(content)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> unresolved(byte[] content) {
        var model = ClassFile.of().parse(content);
        String user = model.thisClass().asInternalName();
        return StreamSupport.stream(model.constantPool().spliterator(), false)
                .map(this::finding)
                .flatMap(Optional::stream)
                .map(finding -> user + " refers to " + finding);
    }

    private Optional<String> finding(PoolEntry entry) {
        return switch (entry) {
            case ClassEntry type when ours(type) && path.find(type.asInternalName()).isEmpty() ->
                    Optional.of("missing class " + type.asInternalName());
            case MemberRefEntry member when ours(member.owner()) -> finding(member);
            default -> Optional.empty();
        };
    }

    private Optional<String> finding(MemberRefEntry member) {
        Optional<ClassShape> owner = path.find(member.owner().asInternalName());
        if (owner.isEmpty()) {
            return Optional.empty(); // said by the class entry
        }
        boolean field = member instanceof FieldRefEntry;
        String signature =
                member.name().stringValue() + (field ? ":" : "") + member.type().stringValue();
        String full = owner.get().name() + '.' + signature;
        if (!field && owner.get().isInterface() != member instanceof InterfaceMethodRefEntry) {
            return Optional.of("class taken for an interface, or the reverse: " + full);
        }
        boolean found =
                path.family(owner.get().name())
                        .anyMatch(shape -> declares(shape, field, signature));
        boolean ofObject = !field && declares("java/lang/Object", signature);
        return found || ofObject ? Optional.empty() : Optional.of("missing " + full);
    }

    private boolean declares(String type, String method) {
        return path.find(type).orElseThrow().methods().containsKey(method);
    }

    private static boolean declares(ClassShape shape, boolean field, String signature) {
        return field ? shape.fields().contains(signature) : shape.methods().containsKey(signature);
    }

    private boolean ours(ClassEntry type) {
        return type.asInternalName().startsWith(library);
    }

    private Stream<String> leftOpen(byte[] content) {
        ClassShape type = ClassShape.of(content);
        if (type.isAbstract()) {
            return Stream.empty();
        }
        Set<String> implemented =
                path.family(type.name())
                        .flatMap(shape -> shape.methods().entrySet().stream())
                        .filter(method -> !method.getValue())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        return path.family(type.name())
                .filter(shape -> shape.name().startsWith(library))
                .flatMap(shape ->
                        shape.methods().entrySet().stream()
                                .filter(method -> method.getValue())
                                .filter(method -> !implemented.contains(method.getKey()))
                                .map(method ->
                                        type.name()
                                                + " does not implement "
                                                + shape.name()
                                                + '.'
                                                + method.getKey()));
    }
}
