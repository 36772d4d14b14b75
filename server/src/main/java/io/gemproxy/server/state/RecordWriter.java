package io.gemproxy.server.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Serial;
import java.lang.reflect.RecordComponent;

/** Writes a record as an object of its components, in their order. */
final class RecordWriter extends StdSerializer<Object> {
    @Serial private static final long serialVersionUID = 1L;

    private final transient RecordComponent[] components;
    private final SerializedString[] names;

    RecordWriter(Class<?> type) {
        super(type, true);
        components = type.getRecordComponents();
        names = new SerializedString[components.length];
        for (int i = 0; i < components.length; i++) {
            names[i] = new SerializedString(components[i].getName());
            components[i].getAccessor().setAccessible(true);
        }
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializerProvider provider)
            throws IOException {
        generator.writeStartObject();
        for (int i = 0; i < components.length; i++) {
            generator.writeFieldName(names[i]);
            provider.defaultSerializeValue(component(value, i), generator);
        }
        generator.writeEndObject();
    }

    private Object component(Object value, int place) {
        try {
            return components[place].getAccessor().invoke(value);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
