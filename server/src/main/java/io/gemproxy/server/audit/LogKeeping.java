package io.gemproxy.server.audit;

import io.gemproxy.server.audit.AuditConfig.Fsync;
import io.gemproxy.server.audit.chain.Chain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is done with the files: batches appended, synced, rotated, and the records the log makes
 * about itself. For one thread.
 */
final class LogKeeping {
    /** After so many records, or after this time, the log says how far it has got. */
    static final long COUNT_EVERY = 10_000;

    private static final Duration COUNT_AFTER = Duration.ofHours(1);
    private static final Duration LOSS_AFTER = Duration.ofSeconds(1);

    private final GrowingLog log;
    private final LineBatch lines;
    private final Rotation rotation;
    private final HeadFile head;
    private final Losses losses;
    private final Fsync fsync;
    private final InstantSource clock;
    private final List<Checkpoint> waiting = new ArrayList<>();
    private List<RotatedFiles.Rotated> outlived = List.of();
    private Optional<Checkpoint> loss = Optional.empty();
    private Instant lossNotBefore = Instant.MIN;
    private Instant counted;
    private long countedSeq;
    private boolean rotated;

    /**
     * Opens the file.
     *
     * @param first what the log says first
     */
    LogKeeping(
            AuditFile.Opener opener,
            Chain chain,
            List<Checkpoint> first,
            Rotation rotation,
            HeadFile head,
            Losses losses,
            Fsync fsync,
            InstantSource clock)
            throws IOException {
        this.log = new GrowingLog(opener, fsync != Fsync.NONE);
        this.lines = new LineBatch(chain);
        this.rotation = rotation;
        this.head = head;
        this.losses = losses;
        this.fsync = fsync;
        this.clock = clock;
        this.counted = clock.instant();
        this.countedSeq = chain.last().seq();
        waiting.addAll(first);
        open();
        head.store(chain.last(), chain.key());
        outlived = rotation.outlived();
        if (!outlived.isEmpty()) {
            waiting.add(rotation.farewell(outlived));
        }
    }

    private void open() throws IOException {
        long torn = log.open();
        if (torn > 0) {
            waiting.add(
                    Checkpoint.of(Checkpoint.Kind.TORN, clock.instant(), Map.of("bytes", torn)));
        }
    }

    LineBatch lines() {
        return lines;
    }

    /** A new batch, begun with what the log has to say about itself. */
    LineBatch begin() {
        lines.clear();
        rotateIfDue();
        waiting.forEach(lines::add);
        Instant now = clock.instant();
        loss = now.isBefore(lossNotBefore) ? Optional.empty() : losses.untold();
        loss.ifPresent(lines::add);
        long seq = lines.onFile().seq();
        boolean late = !now.isBefore(counted.plus(COUNT_AFTER)) && seq > countedSeq + 1;
        if (seq >= countedSeq + COUNT_EVERY || late) {
            lines.add(
                    Checkpoint.of(
                            Checkpoint.Kind.COUNT,
                            now,
                            Map.of("records", seq, "lost_since_start", losses.total())));
            countedSeq = seq;
            counted = now;
        }
        return lines;
    }

    private void rotateIfDue() {
        if (rotated || !log.isOpen() || !rotation.isDue(log.size())) {
            return;
        }
        try {
            sync();
        } catch (IOException | RuntimeException notNow) {
            return; // told and mended by the next maintenance
        }
        head.store(lines.onFile(), lines.key());
        log.close();
        Optional<Checkpoint> said = rotation.rotate(lines.onFile().seq());
        said.ifPresent(waiting::add);
        rotated = said.isPresent();
        outlived = rotated ? rotation.outlived() : List.of();
        if (!outlived.isEmpty()) {
            waiting.add(rotation.farewell(outlived));
        }
    }

    /** Writes the batch; after a failure the same call is to be repeated. */
    void append() throws IOException {
        ByteBuffer bytes = lines.bytes();
        log.append(bytes);
        if (log.size() == bytes.remaining()) {
            rotation.begun(lines.onFile().seq() + 1);
        }
        lines.done();
        waiting.clear();
        rotated = false;
        loss.ifPresent(told -> {
            losses.tell(told.numbers().getOrDefault("lost", 0L));
            lossNotBefore = clock.instant().plus(LOSS_AFTER);
        });
        loss = Optional.empty();
    }

    /**
     * Syncs, stores the head, follows a rotation from outside, deletes what is no longer kept.
     *
     * @param due whether a second has passed
     * @param reopening whether the path is to be opened anew
     * @return whether the log is known to work
     */
    boolean maintain(boolean due, boolean reopening) throws IOException {
        if (fsync == Fsync.BATCH || log.isFull() || due || reopening) {
            sync();
        }
        if (due || reopening) {
            head.store(lines.onFile(), lines.key());
        }
        if (reopening || (due && log.isReplaced())) {
            log.close();
        }
        boolean opening = due || reopening;
        if (opening) {
            open();
        }
        return opening;
    }

    private void sync() throws IOException {
        if (fsync != Fsync.NONE) {
            log.force();
        }
        if (!outlived.isEmpty() && waiting.isEmpty()) {
            Rotation.delete(outlived);
            outlived = List.of();
        }
    }

    void failed() {
        log.failed();
    }

    /** Gives up the batch. */
    void takeBack() {
        log.takeBack();
        lines.clear();
    }

    /** Tells what is still to be told and lets go of the file. */
    void close() {
        lossNotBefore = Instant.MIN;
        try {
            begin();
            if (!lines.isEmpty()) {
                append();
            }
            log.force();
            sync();
            head.store(lines.onFile(), lines.key());
        } catch (IOException | RuntimeException failure) {
            takeBack();
        }
        log.close();
    }
}
