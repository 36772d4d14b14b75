package io.gemproxy.server.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The thread that writes lines, so that a stuck standard output holds up nobody else. */
final class LogWriter implements Runnable {
    /** No line: only ends the wait for one. */
    private static final String WAKE = "";

    private static final Duration LOOK = Duration.ofMillis(500);

    private final BlockingQueue<String> lines;
    private final OutputStream out;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    LogWriter(OutputStream out, int capacity) {
        this.out = out;
        this.lines = new ArrayBlockingQueue<>(capacity);
        this.thread = Thread.ofPlatform().daemon().name("log-writer").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Never waits: a line without room is dropped and counted. */
    void offer(String line) {
        if (closing || !lines.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    long dropped() {
        return dropped.get();
    }

    void close(Duration patience) {
        closing = true;
        lines.offer(WAKE);
        try {
            thread.join(patience);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (!closing || !lines.isEmpty()) {
            try {
                String line = lines.poll(closing ? 0 : LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (line != null && !line.equals(WAKE)) {
                    write(line);
                }
            } catch (InterruptedException stop) {
                closing = true;
            }
        }
    }

    private void write(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            if (lines.isEmpty()) {
                out.flush();
            }
        } catch (IOException broken) {
            dropped.incrementAndGet();
        }
    }
}
