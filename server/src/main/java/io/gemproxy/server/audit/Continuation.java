package io.gemproxy.server.audit;

import io.gemproxy.server.audit.chain.ChainHead.Found;
import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.Link;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a starting server takes the chain up, and what it has to say first.
 *
 * @param from the record to go on behind
 * @param said the first records
 */
record Continuation(Link from, List<Checkpoint> said) {
    private static final System.Logger LOG = System.getLogger(Continuation.class.getName());

    Continuation {
        said = List.copyOf(said);
    }

    /** Compares how the log ends with what its head says of it. */
    static Continuation of(Optional<LogTail> tail, Found head, ChainKey key, Instant now) {
        Link end = tail.map(LogTail::last).orElse(Link.START);
        List<Checkpoint> said = new ArrayList<>();
        Link from = end;
        boolean whole = tail.map(LogTail::whole).orElse(true);
        if (head instanceof Found.OfAnotherKey(_, var text) && !(tail.isPresent() && whole)) {
            said.add(keyChanged(now, text));
        } else if (head instanceof Found.OfAnotherKey) {
            said.add(damage(now, 0, end, "the head is of another key than the last record"));
        } else if (!whole) {
            said.add(damage(now, 0, end, "the last record does not verify"));
        }
        if (head instanceof Found.Good(var good)) {
            Link known = good.last();
            if (known.seq() > end.seq()) {
                long missing = known.seq() - end.seq();
                said.add(damage(now, missing, known, "the newest records are missing"));
                from = known;
            } else if (known.seq() == end.seq() && !known.hash().equals(end.hash())) {
                said.add(damage(now, 0, end, "the last record was replaced"));
            }
        } else if (head instanceof Found.Missing && tail.isPresent()) {
            said.add(damage(now, 0, end, "the head is missing"));
        } else if (head instanceof Found.Forged) {
            said.add(damage(now, 0, end, "the head is not what the server wrote"));
        }
        return new Continuation(from, said);
    }

    /** The head is kept for who has the former key, since it is about to be replaced. */
    private static Checkpoint keyChanged(Instant now, String head) {
        LOG.log(System.Logger.Level.WARNING, "the audit log goes on with another chain key");
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        String kept = Base64.getEncoder().encodeToString(bytes);
        return new Checkpoint(
                Checkpoint.Kind.KEY_CHANGED, now, Map.of(), Map.of("former_head", kept));
    }

    private static Checkpoint damage(Instant now, long missing, Link at, String what) {
        LOG.log(
                System.Logger.Level.ERROR,
                "the audit log was changed while the server was stopped: " + what);
        return new Checkpoint(
                Checkpoint.Kind.DAMAGE,
                now,
                Map.of("missing", missing, "records", at.seq()),
                Map.of("what", what));
    }
}
