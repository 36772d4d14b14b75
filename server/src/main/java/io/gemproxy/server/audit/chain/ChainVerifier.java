package io.gemproxy.server.audit.chain;

import io.gemproxy.server.audit.chain.Finding.Kind;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Follows the chain line by line, oldest first, and finds where it is broken. A break is told at
 * the first line that does not fit; then the chain is taken up again, so that one does not hide
 * another.
 */
public final class ChainVerifier {
    /** More are counted, not told. */
    public static final int MOST_FINDINGS = 100;

    private final Map<String, Mac> macs = new LinkedHashMap<>();
    private final List<ChainKey> keys;
    private final ChainHead.Found head;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Finding> torn = Optional.empty();
    private @Nullable Mac mac;
    private String file = "";
    private String firstFile = "";
    private int beforeFirst;
    private long lineNumber;
    private long found;
    private long records;
    private long first;
    private long lost;
    private long keptFrom = 1;
    private long unread;
    private Link last = Link.START;

    /**
     * Begins before the first line.
     *
     * @param keys all that may have made the log
     * @param head read before the log is, which may grow meanwhile
     */
    public ChainVerifier(List<ChainKey> keys, ChainHead.Found head) {
        this.keys = List.copyOf(keys);
        keys.forEach(key -> macs.put(key.id(), key.mac()));
        this.head = head;
    }

    /** The lines that follow are those of this file. */
    public void file(String name) {
        torn.ifPresent(it -> add(Kind.CHANGED, it.line(), "is not ended, but others follow"));
        torn = Optional.empty();
        file = name;
        lineNumber = 0;
    }

    /** Takes the next line, without its line end. */
    public void line(byte[] line, int length) {
        lineNumber++;
        Optional<SealedLine> sealed = SealedLine.of(line, length);
        if (sealed.isEmpty() || !holds(sealed.get(), line, length)) {
            unread++;
            changed();
            return;
        }
        place(sealed.get());
        if (Statement.isOne(line, length)) {
            heed(Statement.of(line, length));
        }
        records++;
    }

    private void changed() {
        if (records == 0 && first == 0 && unread == 1) {
            add(
                    Kind.UNKNOWN_KEY,
                    lineNumber,
                    "does not verify; either it was changed or no key at hand made it");
        } else {
            add(Kind.CHANGED, lineNumber, "is not what the server wrote");
        }
    }

    /** The key may change only where the server says so, or at the beginning. */
    private boolean holds(SealedLine sealed, byte[] line, int length) {
        if (mac != null && sealed.holds(line, mac)) {
            return true;
        }
        boolean mayChange =
                mac == null
                        || (Statement.isOne(line, length)
                                && Statement.of(line, length).says("audit.key_change"));
        for (Mac other : macs.values()) {
            if (mayChange && sealed.holds(line, other)) {
                mac = other;
                return true;
            }
        }
        return false;
    }

    /** Is this the record that belongs here? */
    private void place(SealedLine sealed) {
        long seq = sealed.seq();
        boolean follows = seq == last.seq() + 1 && sealed.previous().equals(last.hash());
        boolean takesUp = unread > 0 && seq > last.seq() && seq <= last.seq() + 1 + unread;
        if (first == 0) {
            first = Math.max(1, seq - unread);
            firstFile = file;
            beforeFirst = findings.size();
        } else if (seq <= last.seq()) {
            add(Kind.MISPLACED, lineNumber, "holds record " + seq + " behind " + last.seq());
            return;
        } else if (!follows && !takesUp) {
            String gone = "records " + (last.seq() + 1) + " to " + (seq - 1);
            boolean forked = seq == last.seq() + 1;
            add(
                    forked ? Kind.MISPLACED : Kind.MISSING,
                    lineNumber,
                    forked
                            ? "does not continue the record before it"
                            : gone + " are missing before it");
        }
        unread = 0;
        last = sealed.link();
        if (head instanceof ChainHead.Found.Good(var good)
                && good.last().seq() == seq
                && !good.last().equals(last)) {
            add(Kind.MISPLACED, lineNumber, "is not the record that the head names");
        }
    }

    private void heed(Statement statement) {
        if (statement.says("audit.retention")) {
            keptFrom = Math.max(keptFrom, statement.number("through_seq").orElse(0) + 1);
        } else if (statement.says("audit.loss")) {
            lost += statement.number("lost").orElse(0);
        } else if (statement.says("audit.key_change")) {
            former(statement.word("former_head"));
        } else if (statement.says("audit.damage")) {
            add(Kind.REPORTED, lineNumber, "the server found: " + statement.word("what"));
        }
    }

    /** The head as it was when the key was changed; it names a record before this one. */
    private void former(String encoded) {
        byte[] text = Base64.getDecoder().decode(encoded);
        long before = last.seq() - 1;
        switch (ChainHead.decode(text, keys)) {
            case ChainHead.Found.Good(var good) -> {
                if (good.last().seq() > before) {
                    String gone = "records " + last.seq() + " to " + good.last().seq();
                    add(Kind.TRUNCATED, lineNumber, gone + " of the former key are missing");
                }
            }
            case ChainHead.Found.OfAnotherKey other ->
                    add(
                            Kind.HEAD,
                            lineNumber,
                            "no key at hand is the former one, " + other.keyId());
            case ChainHead.Found.Forged _, ChainHead.Found.Missing _ ->
                    add(Kind.HEAD, lineNumber, "the head of the former key was forged");
        }
    }

    /** What stands behind the last line end of the file; nothing if that is its end. */
    public void unended(byte[] rest, int length) {
        if (length == 0) {
            return;
        }
        if (SealedLine.mayBegin(rest, length, last.seq() + 1)) {
            torn = Optional.of(finding(Kind.CHANGED, lineNumber + 1, "is only half a record"));
        } else {
            add(Kind.CHANGED, lineNumber + 1, "is not what the server wrote");
        }
    }

    /**
     * What came of it.
     *
     * @param partial whether the oldest files may be gone although the log does not say so
     */
    public ChainReport finish(boolean partial) {
        if (first > keptFrom && !partial) {
            String gone = "records " + keptFrom + " to " + (first - 1);
            String message = gone + " are missing before it";
            found++;
            findings.add(beforeFirst, new Finding(Kind.BEGINS_LATE, firstFile, 1, message));
        }
        if (records == 0 && found > 0) {
            return new ChainReport(0, 0, 0, 0, torn, findings.subList(0, 1), 1);
        }
        long behind = lineNumber + 1;
        switch (head) {
            case ChainHead.Found.Missing _ -> add(Kind.HEAD, behind, "there is no head");
            case ChainHead.Found.Forged _ ->
                    add(Kind.HEAD, behind, "the head is not what the server wrote");
            case ChainHead.Found.OfAnotherKey other ->
                    add(Kind.HEAD, behind, "no key at hand is that of the head, " + other.keyId());
            case ChainHead.Found.Good good -> reached(good.head().last().seq(), behind);
        }
        return new ChainReport(records, first, last.seq(), lost, torn, findings, found);
    }

    private void reached(long seq, long behind) {
        if (seq > last.seq()) {
            add(
                    Kind.TRUNCATED,
                    behind,
                    "records " + (last.seq() + 1) + " to " + seq + " are missing at the end");
            torn = Optional.empty();
        }
    }

    private Finding finding(Kind kind, long line, String message) {
        return new Finding(kind, file, line, message);
    }

    private void add(Kind kind, long line, String message) {
        found++;
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding(kind, line, message));
        }
    }
}
