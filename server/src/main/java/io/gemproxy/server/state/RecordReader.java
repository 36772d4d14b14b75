package io.gemproxy.server.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ResolvableDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.io.Serial;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record by its components. What is missing is null or 0, what no component is called is
 * passed over.
 */
final class RecordReader extends StdDeserializer<Object> implements ResolvableDeserializer {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Constructor<?> canonical;
    private final transient RecordComponent[] components;
    private final transient JsonDeserializer<?>[] readers;
    private final transient Map<String, Integer> places = new HashMap<>();

    RecordReader(JavaType type) {
        super(type);
        components = type.getRawClass().getRecordComponents();
        readers = new JsonDeserializer<?>[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            places.put(components[i].getName(), i);
        }
        try {
            canonical = type.getRawClass().getDeclaredConstructor(types);
        } catch (NoSuchMethodException noRecord) {
            throw new IllegalArgumentException(noRecord);
        }
        canonical.setAccessible(true);
    }

    /** Once this reader is known, so that a record may hold records of its own kind. */
    @Override
    public void resolve(DeserializationContext context) throws JsonMappingException {
        for (int i = 0; i < components.length; i++) {
            JavaType type = context.constructType(components[i].getGenericType());
            readers[i] = context.findContextualValueDeserializer(type, null);
        }
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            return context.handleUnexpectedToken(getValueType(context), parser);
        }
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = readers[i].getAbsentValue(context);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Integer place = places.get(parser.currentName());
            parser.nextToken();
            if (place == null) {
                parser.skipChildren();
            } else {
                values[place] = value(readers[place], parser, context);
            }
        }
        return instance(parser, values);
    }

    private static @Nullable Object value(
            JsonDeserializer<?> reader, JsonParser parser, DeserializationContext context)
            throws IOException {
        try {
            return parser.hasToken(JsonToken.VALUE_NULL)
                    ? reader.getNullValue(context)
                    : reader.deserialize(parser, context);
        } catch (RuntimeException unfit) {
            throw JsonMappingException.from(parser, "no value of its type", unfit);
        }
    }

    private Object instance(JsonParser parser, @Nullable Object[] values)
            throws JsonMappingException {
        try {
            return canonical.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw JsonMappingException.from(
                    parser, "no " + handledType().getSimpleName(), refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
