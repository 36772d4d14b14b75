package io.gemproxy.server.systemd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * The few calls of the C library that the JDK has no word for. The numbers are those of Linux on
 * x86-64 and on 64-bit ARM.
 */
@SuppressWarnings("restricted")
final class Libc {
    static final int AF_UNIX = 1;

    private static final int SOCK_DGRAM_CLOEXEC = 2 | 02000000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDTIMEO = 21;
    private static final int CLOCK_MONOTONIC = 1;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO =
            STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            call("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle SENDTO =
            call(
                    "sendto",
                    FunctionDescriptor.of(
                            LONG, INT, ValueLayout.ADDRESS, LONG, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle CLOCK_GETTIME =
            call("clock_gettime", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS));

    private Libc() {}

    private static MethodHandle call(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return linker.downcallHandle(
                library.find(name).orElseThrow(), type, Linker.Option.captureCallState("errno"));
    }

    /**
     * A Unix datagram socket that is not handed to children.
     *
     * @param sendTimeout how long a send may block
     */
    static int datagramSocket(Duration sendTimeout) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int descriptor = (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            require(descriptor >= 0, "socket", state);
            MemorySegment timeout = arena.allocate(LONG, 2);
            timeout.setAtIndex(LONG, 0, sendTimeout.toSeconds());
            timeout.setAtIndex(LONG, 1, sendTimeout.toNanosPart() / 1_000L);
            int set =
                    (int)
                            SETSOCKOPT.invokeExact(
                                    state, descriptor, SOL_SOCKET, SO_SNDTIMEO, timeout, 16);
            require(set == 0, "setsockopt", state);
            return descriptor;
        } catch (Throwable thrown) {
            throw asIo(thrown);
        }
    }

    /** Sends one datagram. */
    static void send(int descriptor, byte[] text, byte[] address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long sent =
                    (long)
                            SENDTO.invokeExact(
                                    state,
                                    descriptor,
                                    arena.allocateFrom(ValueLayout.JAVA_BYTE, text),
                                    (long) text.length,
                                    MSG_NOSIGNAL,
                                    arena.allocateFrom(ValueLayout.JAVA_BYTE, address),
                                    address.length);
            require(sent == text.length, "sendto", state);
        } catch (Throwable thrown) {
            throw asIo(thrown);
        }
    }

    static void close(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int closed = (int) CLOSE.invokeExact(state, descriptor);
            require(closed == 0, "close", state);
        } catch (Throwable thrown) {
            throw asIo(thrown);
        }
    }

    /** The kernel's monotonic clock in microseconds, which other processes read too. */
    static long monotonicMicros() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment time = arena.allocate(LONG, 2);
            int read = (int) CLOCK_GETTIME.invokeExact(state, CLOCK_MONOTONIC, time);
            require(read == 0, "clock_gettime", state);
            return time.getAtIndex(LONG, 0) * 1_000_000 + time.getAtIndex(LONG, 1) / 1_000;
        } catch (Throwable thrown) {
            throw asIo(thrown);
        }
    }

    private static void require(boolean well, String call, MemorySegment state) throws IOException {
        if (!well) {
            throw new IOException(call + " failed with errno " + state.get(INT, ERRNO));
        }
    }

    /** A method handle may throw anything; these throw only what {@link #require} does, or bugs. */
    private static IOException asIo(Throwable thrown) {
        return switch (thrown) {
            case IOException failed -> failed;
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            default -> new IOException(thrown);
        };
    }
}
