package io.gemproxy.server.state;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * {@code state.json}: all parts as they were at the last flush, and in {@code state.json.previous}
 * as they were at the one before.
 */
final class StateFile implements Stored {
    private static final System.Logger LOG = System.getLogger(StateFile.class.getName());

    private final StateFiles files;
    private final Snapshots snapshots;
    private final Path file;
    private final Path previous;
    private byte[] saved = {};

    StateFile(StateFiles files, List<StatePart<?>> parts) {
        this.files = files;
        this.snapshots = new Snapshots(parts);
        this.file = files.file("state.json");
        this.previous = files.file("state.json.previous");
    }

    /** Restores the newest generation that can be read; one that cannot is set aside. */
    @Override
    public void load() throws IOException {
        if (!restored(file) && restored(previous)) {
            LOG.log(Level.INFO, "state: restored from " + previous);
        }
    }

    private boolean restored(Path from) throws IOException {
        Reading reading =
                files.disk().read(from).map(snapshots::decode).orElse(new Reading.Absent());
        switch (reading) {
            case Reading.Absent _ -> {
                return false;
            }
            case Reading.Good good -> {
                good.restore().run();
                return true;
            }
            case Reading.Corrupt corrupt -> {
                files.setAside(from, "corrupt", "damaged, " + corrupt.why());
                return false;
            }
            case Reading.Newer newer -> {
                files.setAside(from, "newer", "written by a later gemproxy, with " + newer.what());
                return false;
            }
        }
    }

    /** Writes what has changed since the last time, if anything. */
    @Override
    public void flush() throws IOException {
        byte[] now = snapshots.encode();
        if (!Arrays.equals(now, saved)) {
            files.replaceKeeping(file, previous, now);
            saved = now;
        }
    }
}
