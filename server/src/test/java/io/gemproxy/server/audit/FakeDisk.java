package io.gemproxy.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A disk with so much room and no more, whose file behaves as the real one. */
final class FakeDisk implements AuditFile.Opener {
    private byte[] content = new byte[0];
    private byte[] confirmed = new byte[0];
    volatile int room = Integer.MAX_VALUE;
    volatile int refusals;
    volatile int refusedForces;
    volatile boolean forceFails;
    volatile boolean readOnly;
    volatile boolean stalled;
    volatile @Nullable Throwable bug;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Writes wait until the latch is counted down. */
    CountDownLatch stall() {
        gate = new CountDownLatch(1);
        return gate;
    }

    synchronized String content() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** What would be there after a power cut. */
    synchronized String confirmed() {
        return new String(confirmed, StandardCharsets.UTF_8);
    }

    private void pass() throws IOException {
        switch (bug) {
            case RuntimeException defect -> throw defect;
            case Error defect -> throw defect;
            case null, default -> {}
        }
        stalled = gate.getCount() > 0;
        try {
            gate.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        if (readOnly) {
            throw refusal("Read-only file system");
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only here, and under the lock
    private synchronized IOException refusal(String why) {
        refusals++;
        return new IOException(why);
    }

    private synchronized int put(ByteBuffer bytes, long position) throws IOException {
        int fresh = (int) Math.max(0, position + bytes.remaining() - content.length);
        int count = bytes.remaining() - Math.max(0, fresh - room);
        if (count <= 0) {
            throw refusal("No space left on device");
        }
        int end = (int) position + count;
        room = room == Integer.MAX_VALUE ? room : room - Math.max(0, end - content.length);
        content = Arrays.copyOf(content, Math.max(content.length, end));
        bytes.get(content, (int) position, count);
        return count;
    }

    private synchronized void cut(long size) {
        content = Arrays.copyOf(content, (int) Math.min(size, content.length));
    }

    /** As Linux does: what could not be synced is dropped, and the next sync says nothing of it. */
    private synchronized void sync() throws IOException {
        if (forceFails) {
            refusedForces++;
            Arrays.fill(content, confirmed.length, content.length, (byte) 0);
            throw new IOException("Input/output error");
        }
        confirmed = content.clone();
    }

    @Override
    public AuditFile.Opened open() {
        return new AuditFile.Opened(new OnDisk(), 0);
    }

    /** The one file of this disk. */
    private final class OnDisk implements AuditFile {
        @Override
        public long size() {
            synchronized (FakeDisk.this) {
                return content.length;
            }
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            pass();
            return put(bytes, position);
        }

        @Override
        public void truncate(long size) {
            cut(size);
        }

        @Override
        public void force() throws IOException {
            sync();
        }

        @Override
        public boolean isReplaced() {
            return false;
        }

        @Override
        public void close() {}
    }
}
