package io.gemproxy.server.systemd;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A service manager's end of the socket: the same calls of the C library, the other way round. */
@SuppressWarnings("restricted")
public final class NotifyReceiver implements AutoCloseable {
    private static final int SO_RCVTIMEO = 20;

    private final int descriptor;

    public NotifyReceiver(String name, Duration patience) throws IOException {
        descriptor = Libc.datagramSocket(patience);
        byte[] address = NotifySocket.address(name);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timeout = arena.allocate(ValueLayout.JAVA_LONG, 2);
            timeout.setAtIndex(ValueLayout.JAVA_LONG, 0, patience.toSeconds());
            MethodHandle limit =
                    call(
                            "setsockopt",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT));
            MethodHandle bind =
                    call(
                            "bind",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT));
            int limited = (int) limit.invokeExact(descriptor, 1, SO_RCVTIMEO, timeout, 16);
            int bound =
                    (int)
                            bind.invokeExact(
                                    descriptor,
                                    arena.allocateFrom(ValueLayout.JAVA_BYTE, address),
                                    address.length);
            if (limited != 0 || bound != 0) {
                throw new IOException("cannot listen at " + name);
            }
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** The next message; fails if none comes in time. */
    public String next() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(4096);
            MethodHandle recv =
                    call(
                            "recv",
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT));
            long length = (long) recv.invokeExact(descriptor, buffer, buffer.byteSize(), 0);
            if (length < 0) {
                throw new IOException("no message came");
            }
            String text =
                    new String(
                            buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE),
                            StandardCharsets.UTF_8);
            Emissions.OF_THIS_RUN.emitted("a message to the service manager", text);
            return text;
        } catch (IOException failed) {
            throw failed;
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** Reads on until a message has all of these in it. */
    public String nextWith(String... parts) throws IOException {
        String message = next();
        for (int i = 0; i < parts.length; i++) {
            if (!message.contains(parts[i])) {
                message = next();
                i = -1;
            }
        }
        return message;
    }

    private static MethodHandle call(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }

    @Override
    public void close() throws IOException {
        Libc.close(descriptor);
    }
}
