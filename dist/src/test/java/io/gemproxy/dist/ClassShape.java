package io.gemproxy.dist;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What other classes can see of a class, as its file says.
 *
 * @param name internal, e.g. {@code java/lang/String}
 * @param isInterface whether calls to it are interface calls
 * @param isAbstract whether it may leave methods open
 * @param parent empty only for {@code java/lang/Object}
 * @param interfaces internal names
 * @param methods name and descriptor, and whether it is abstract
 * @param fields name and descriptor
 */
record ClassShape(
        String name,
        boolean isInterface,
        boolean isAbstract,
        Optional<String> parent,
        List<String> interfaces,
        Map<String, Boolean> methods,
        Set<String> fields) {
    static ClassShape of(byte[] content) {
        ClassModel model = ClassFile.of().parse(content);
        Map<String, Boolean> methods = new HashMap<>();
        for (var method : model.methods()) {
            methods.put(
                    method.methodName().stringValue() + method.methodType().stringValue(),
                    method.flags().has(AccessFlag.ABSTRACT));
        }
        Set<String> fields = new HashSet<>();
        for (var field : model.fields()) {
            fields.add(field.fieldName().stringValue() + ':' + field.fieldType().stringValue());
        }
        return new ClassShape(
                model.thisClass().asInternalName(),
                model.flags().has(AccessFlag.INTERFACE),
                model.flags().has(AccessFlag.ABSTRACT),
                model.superclass().map(ClassEntry::asInternalName),
                model.interfaces().stream().map(ClassEntry::asInternalName).toList(),
                methods,
                fields);
    }
}
