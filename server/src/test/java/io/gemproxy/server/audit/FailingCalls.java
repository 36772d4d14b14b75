package io.gemproxy.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** A real file of which one call fails, a write after half of its bytes. */
final class FailingCalls implements AuditFile.Opener {
    private final AuditFile.Opener real;
    private final int failing;
    private final AtomicInteger calls = new AtomicInteger();

    FailingCalls(AuditFile.Opener real, int failing) {
        this.real = real;
        this.failing = failing;
    }

    private boolean fails() {
        return calls.getAndIncrement() == failing;
    }

    private static IOException failure() {
        return new IOException("Input/output error");
    }

    @Override
    public AuditFile.Opened open() throws IOException {
        AuditFile.Opened opened = real.open();
        AuditFile file = opened.file();
        AuditFile failingFile =
                new AuditFile() {
                    @Override
                    public long size() throws IOException {
                        return file.size();
                    }

                    @Override
                    public int write(ByteBuffer bytes, long position) throws IOException {
                        if (fails()) {
                            ByteBuffer half = bytes.duplicate();
                            half.limit(half.position() + half.remaining() / 2);
                            file.write(half, position);
                            throw failure();
                        }
                        return file.write(bytes, position);
                    }

                    @Override
                    public void truncate(long size) throws IOException {
                        file.truncate(size);
                    }

                    @Override
                    public void force() throws IOException {
                        // the first is that of opening, whose failure is one of the start
                        if (calls.get() > 0 && fails()) {
                            throw failure();
                        }
                        file.force();
                    }

                    @Override
                    public boolean isReplaced() {
                        return file.isReplaced();
                    }

                    @Override
                    public void close() throws IOException {
                        file.close();
                    }
                };
        return new AuditFile.Opened(failingFile, opened.torn());
    }
}
