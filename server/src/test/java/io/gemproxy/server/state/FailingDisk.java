package io.gemproxy.server.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A disk of which the n-th change from now does not succeed, in a way the test chooses. */
final class FailingDisk implements Disk {
    /** What happens instead of the change. */
    interface Failure {
        /** Ends the process, throws, or lets the change happen after all. */
        void happen() throws IOException;
    }

    private final Disk disk;
    private final Failure failure;
    private int left = Integer.MAX_VALUE;
    private boolean half;
    private boolean always;

    FailingDisk(Disk disk, Failure failure) {
        this.disk = disk;
        this.failure = failure;
    }

    /** The change after that many fails; a write fails in its middle if {@code inTheMiddle}. */
    void failAfter(int changes, boolean inTheMiddle) {
        left = changes;
        half = inTheMiddle;
    }

    /** Each change from now on asks the failure whether it may happen. */
    void failAlways() {
        always = true;
    }

    private boolean now() {
        return always || left-- == 0;
    }

    @Override
    public Optional<byte[]> read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
        if (now()) {
            if (half) {
                disk.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            }
            failure.happen();
        }
        disk.write(file, bytes);
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        if (now()) {
            if (half) {
                disk.append(file, Arrays.copyOf(bytes, bytes.length / 2));
            }
            failure.happen();
        }
        disk.append(file, bytes);
    }

    @Override
    public void sync(Path file) throws IOException {
        if (now()) {
            failure.happen();
        }
        disk.sync(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        if (now()) {
            failure.happen();
        }
        disk.move(from, to);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (now()) {
            failure.happen();
        }
        disk.syncDirectory(directory);
    }

    @Override
    public boolean exists(Path file) {
        return disk.exists(file);
    }
}
