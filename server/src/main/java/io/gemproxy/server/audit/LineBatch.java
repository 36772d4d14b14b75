package io.gemproxy.server.audit;

import io.gemproxy.server.audit.AuditWriter.Entry;
import io.gemproxy.server.audit.chain.Chain;
import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.Link;
import java.nio.ByteBuffer;

/** The lines of one batch and the chain through them, which counts only once they are on file. */
final class LineBatch {
    private static final System.Logger LOG = System.getLogger(LineBatch.class.getName());

    private final JsonLine line = new JsonLine();
    private final Chain chain;
    private final AuditFormat format;
    private Link onFile;
    private long records;

    LineBatch(Chain chain) {
        this.chain = chain;
        this.format = new AuditFormat(line, chain);
        this.onFile = chain.last();
    }

    /** Begins anew behind what is on file. */
    void clear() {
        line.clear();
        records = 0;
        chain.backTo(onFile);
    }

    void add(Checkpoint checkpoint) {
        format.checkpoint(checkpoint);
    }

    /** False if no line can be made of it. */
    boolean add(Entry entry) {
        int start = line.length();
        try {
            switch (entry) {
                case Entry.Finished finished -> format.exchange(finished.exchange());
                case Entry.Happened happened -> format.event(happened.event());
                case Entry.Mark _ -> {
                    return true;
                }
            }
            records++;
            return true;
        } catch (RuntimeException bug) {
            line.truncate(start);
            LOG.log(System.Logger.Level.ERROR, "an audit record could not be made", bug);
            return false;
        }
    }

    /** Records of requests and events; checkpoints do not count. */
    long records() {
        return records;
    }

    boolean isEmpty() {
        return line.length() == 0;
    }

    ByteBuffer bytes() {
        return line.bytes();
    }

    /** All of it is on file. */
    void done() {
        onFile = chain.last();
        line.clear();
        records = 0;
    }

    /** The last record on file. */
    Link onFile() {
        return onFile;
    }

    ChainKey key() {
        return chain.key();
    }
}
