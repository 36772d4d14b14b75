package io.gemproxy.server.listener.inherited;

import java.lang.reflect.Field;
import java.nio.channels.spi.SelectorProvider;

/**
 * The JDK's own selector provider, for one that takes its place. The JDK makes it only where no
 * other is set, and does not export its class; it has no state, so it may come without its
 * constructor. By reflection, since the compiler warns of {@code sun.misc.Unsafe} without a way to
 * say that it is meant.
 */
final class PlainSelectors {
    private static final String LINUX = "sun.nio.ch.EPollSelectorProvider";

    private PlainSelectors() {}

    static SelectorProvider create() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field only = unsafe.getDeclaredField("theUnsafe");
            only.setAccessible(true);
            return (SelectorProvider)
                    unsafe.getMethod("allocateInstance", Class.class)
                            .invoke(only.get(null), Class.forName(LINUX));
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException("this JVM has no " + LINUX, other);
        }
    }
}
