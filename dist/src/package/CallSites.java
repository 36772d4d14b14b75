import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes out, as methods, what a class has the VM generate at its first use and what no cache
 * keeps: {@code equals} and {@code hashCode} of records ({@link java.lang.runtime.ObjectMethods})
 * and switches over types ({@link java.lang.runtime.SwitchBootstraps}). At a start the VM makes a
 * hundred such classes, one millisecond each.
 */
final class CallSites {
    private static final ClassDesc OBJECT_METHODS = ClassDesc.of("java.lang.runtime.ObjectMethods");
    private static final ClassDesc SWITCH_BOOTSTRAPS =
            ClassDesc.of("java.lang.runtime.SwitchBootstraps");
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final MethodTypeDesc SAME =
            MethodTypeDesc.of(
                    ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    private static final int HIDDEN =
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    private final ClassModel model;
    private final ClassDesc self;
    private final boolean isInterface;
    private final List<Method> methods = new ArrayList<>();

    private record Method(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

    private CallSites(ClassModel model) {
        this.model = model;
        self = model.thisClass().asSymbol();
        isInterface = model.flags().has(java.lang.reflect.AccessFlag.INTERFACE);
    }

    /** The class with its call sites written out; the same array if it has none. */
    static byte[] writtenOut(ClassFile classes, byte[] content) {
        ClassModel model = classes.parse(content);
        if (model.methods().stream().noneMatch(CallSites::isConcerned)) {
            return content;
        }
        return new CallSites(model).writtenOut(classes);
    }

    private byte[] writtenOut(ClassFile classes) {
        CodeTransform calls =
                (code, element) -> {
                    if (element instanceof InvokeDynamicInstruction site && isOurs(site)) {
                        Method method = method(site);
                        methods.add(method);
                        code.invokestatic(self, method.name(), method.type(), isInterface);
                    } else {
                        code.with(element);
                    }
                };
        ClassTransform bodies =
                ClassTransform.transformingMethodBodies(CallSites::isConcerned, calls);
        return classes.transformClass(
                model,
                bodies.andThen(
                        ClassTransform.endHandler(builder -> {
                            for (Method method : methods) {
                                builder.withMethodBody(
                                        method.name(), method.type(), HIDDEN, method.body());
                            }
                        })));
    }

    private static boolean isConcerned(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(element ->
                        element instanceof InvokeDynamicInstruction site && isOurs(site));
    }

    private static boolean isOurs(InvokeDynamicInstruction site) {
        DirectMethodHandleDesc bootstrap = site.bootstrapMethod();
        String name = site.name().stringValue();
        if (bootstrap.owner().equals(OBJECT_METHODS)) {
            return name.equals("equals") || name.equals("hashCode");
        }
        // Strings, numbers and constants of enums in a switch are left to the VM.
        return bootstrap.owner().equals(SWITCH_BOOTSTRAPS)
                && name.equals("typeSwitch")
                && !site.typeSymbol().parameterType(0).isPrimitive()
                && site.bootstrapArgs().stream()
                        .allMatch(label -> label instanceof ClassDesc it && !it.isPrimitive());
    }

    private Method method(InvokeDynamicInstruction site) {
        String name = free(site.name().stringValue() + "$" + methods.size());
        List<ConstantDesc> arguments = site.bootstrapArgs();
        return switch (site.name().stringValue()) {
            case "equals" ->
                    new Method(name, site.typeSymbol(), code -> equal(code, fields(arguments)));
            case "hashCode" ->
                    new Method(name, site.typeSymbol(), code -> hash(code, fields(arguments)));
            default -> new Method(name, site.typeSymbol(), code -> type(code, arguments));
        };
    }

    private String free(String wanted) {
        String name = wanted;
        while (isTaken(name)) {
            name += "$";
        }
        return name;
    }

    private boolean isTaken(String name) {
        return model.methods().stream().anyMatch(method -> method.methodName().equalsString(name));
    }

    /** The record's class and the names come first. */
    private static List<DirectMethodHandleDesc> fields(List<ConstantDesc> arguments) {
        return arguments.stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
    }

    /** As {@link Record#equals} says: by the wrappers for primitive types, else by equals. */
    private void equal(CodeBuilder code, List<DirectMethodHandleDesc> fields) {
        Label differs = code.newLabel();
        Label same = code.newLabel();
        code.aload(0).aload(1).if_acmpeq(same);
        code.aload(1).instanceOf(self).ifeq(differs);
        code.aload(1).checkcast(self).astore(2);
        for (DirectMethodHandleDesc field : fields) {
            ClassDesc type = field.invocationType().returnType();
            code.aload(0).getfield(self, field.methodName(), type);
            code.aload(2).getfield(self, field.methodName(), type);
            switch (TypeKind.from(type)) {
                case LONG -> code.lcmp().ifne(differs);
                case FLOAT, DOUBLE ->
                        code.invokestatic(
                                        boxed(type),
                                        "compare",
                                        MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                                .ifne(differs);
                case REFERENCE -> code.invokestatic(OBJECTS, "equals", SAME).ifeq(differs);
                default -> code.if_icmpne(differs);
            }
        }
        code.labelBinding(same).iconst_1().ireturn();
        code.labelBinding(differs).iconst_0().ireturn();
    }

    /** The same numbers as the VM's own: 31 times what came before, and the field's. */
    private void hash(CodeBuilder code, List<DirectMethodHandleDesc> fields) {
        code.iconst_0();
        for (DirectMethodHandleDesc field : fields) {
            ClassDesc type = field.invocationType().returnType();
            ClassDesc taken = type.isPrimitive() ? type : ConstantDescs.CD_Object;
            code.bipush(31).imul().aload(0).getfield(self, field.methodName(), type);
            code.invokestatic(
                            type.isPrimitive() ? boxed(type) : OBJECTS,
                            "hashCode",
                            MethodTypeDesc.of(ConstantDescs.CD_int, taken))
                    .iadd();
        }
        code.ireturn();
    }

    /** The number of the first type that fits, from a number on; -1 for null, and past the last. */
    private void type(CodeBuilder code, List<ConstantDesc> types) {
        Label something = code.newLabel();
        code.aload(0).ifnonnull(something).iconst_m1().ireturn().labelBinding(something);
        for (int i = 0; i < types.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next);
            code.aload(0).instanceOf((ClassDesc) types.get(i)).ifeq(next);
            code.loadConstant(i).ireturn().labelBinding(next);
        }
        code.loadConstant(types.size()).ireturn();
    }

    private static ClassDesc boxed(ClassDesc primitive) {
        return switch (primitive.descriptorString()) {
            case "Z" -> ConstantDescs.CD_Boolean;
            case "B" -> ConstantDescs.CD_Byte;
            case "S" -> ConstantDescs.CD_Short;
            case "C" -> ConstantDescs.CD_Character;
            case "I" -> ConstantDescs.CD_Integer;
            case "J" -> ConstantDescs.CD_Long;
            case "F" -> ConstantDescs.CD_Float;
            default -> ConstantDescs.CD_Double;
        };
    }
}
