package io.gemproxy.server.state;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.Serializers;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Records in their plain form. Jackson would find the same out about each, but it looks for so much
 * more in a bean that it took a tenth of the server's start. Annotations of Jackson's on a record
 * mean nothing here.
 */
final class RecordForms extends SimpleModule {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(
                new Deserializers.Base() {
                    @Override
                    public @Nullable JsonDeserializer<?> findBeanDeserializer(
                            JavaType type, DeserializationConfig config, BeanDescription bean) {
                        return type.getRawClass().isRecord() ? new RecordReader(type) : null;
                    }
                });
        context.addSerializers(
                new Serializers.Base() {
                    @Override
                    public @Nullable JsonSerializer<?> findSerializer(
                            SerializationConfig config, JavaType type, BeanDescription bean) {
                        return type.getRawClass().isRecord()
                                ? new RecordWriter(type.getRawClass())
                                : null;
                    }
                });
    }
}
