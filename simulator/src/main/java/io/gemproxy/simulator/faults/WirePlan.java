package io.gemproxy.simulator.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that is to go wrong (or slowly) while one answer is sent. */
public final class WirePlan {
    private final List<Strike> strikes = new ArrayList<>();
    private final List<String> extraHeaders = new ArrayList<>();
    private @Nullable Drip drip;
    private @Nullable Gate eventGate;
    private @Nullable Long announcedLength;
    private @Nullable Duration closeIdleAfter;
    private byte[] trailing = new byte[0];
    private int informational;
    private boolean repeatedLength;
    private boolean untilClose;
    private boolean withoutLastCrlf;
    private boolean early;
    private boolean closeAfter;

    /** An act at a point. */
    public record Strike(Point point, Act act) {}

    /** So many bytes, then a pause, again and again. */
    public record Drip(int bytes, Duration pause) {}

    public WirePlan strike(Point point, Act act) {
        strikes.add(new Strike(point, act));
        return this;
    }

    /** Sends the body slowly. */
    public WirePlan drip(int bytes, Duration pause) {
        drip = new Drip(bytes, pause);
        return this;
    }

    /** Each event of a stream takes a permit of the gate before it is sent. */
    public WirePlan gate(Gate gate) {
        eventGate = gate;
        return this;
    }

    /** Adds a raw header line, sent as it stands. */
    public WirePlan header(String line) {
        extraHeaders.add(line);
        return this;
    }

    /** Announces that Content-Length instead of the true one. */
    public WirePlan announce(long length) {
        announcedLength = length;
        return this;
    }

    /** Sends the Content-Length twice, the second one larger by one. */
    public WirePlan repeatLength() {
        repeatedLength = true;
        return this;
    }

    /** Sends no framing: the close ends the body. */
    public WirePlan untilClose() {
        untilClose = true;
        return this;
    }

    /** Leaves the last CRLF of a chunked body out. */
    public WirePlan withoutLastCrlf() {
        withoutLastCrlf = true;
        return this;
    }

    /** Sends these bytes after the answer is complete. */
    public WirePlan trail(byte[] bytes) {
        trailing = bytes.clone();
        return this;
    }

    /** Sends that 1xx answer first. */
    public WirePlan informational(int status) {
        informational = status;
        return this;
    }

    /** Answers without reading the request's body, and closes. */
    public WirePlan early() {
        early = true;
        return this;
    }

    /** Says Connection: close and closes after the answer. */
    public WirePlan closeAfter() {
        closeAfter = true;
        return this;
    }

    /** Closes the connection, without a word, when it was idle for that long after the answer. */
    public WirePlan closeIdleAfter(Duration time) {
        closeIdleAfter = time;
        return this;
    }

    /** Whether nothing was planned. */
    public boolean plain() {
        return strikes.isEmpty()
                && extraHeaders.isEmpty()
                && drip == null
                && eventGate == null
                && announcedLength == null
                && closeIdleAfter == null
                && trailing.length == 0
                && informational == 0
                && !repeatedLength
                && !untilClose
                && !withoutLastCrlf
                && !early
                && !closeAfter;
    }

    public List<Strike> strikes() {
        return strikes;
    }

    public List<String> extraHeaders() {
        return extraHeaders;
    }

    public @Nullable Drip drip() {
        return drip;
    }

    public @Nullable Gate eventGate() {
        return eventGate;
    }

    public @Nullable Long announcedLength() {
        return announcedLength;
    }

    public @Nullable Duration closeIdleAfter() {
        return closeIdleAfter;
    }

    public byte[] trailing() {
        return trailing;
    }

    public int informational() {
        return informational;
    }

    public boolean lengthRepeated() {
        return repeatedLength;
    }

    public boolean endsByClose() {
        return untilClose;
    }

    public boolean lastCrlfMissing() {
        return withoutLastCrlf;
    }

    public boolean answersEarly() {
        return early;
    }

    public boolean closesAfter() {
        return closeAfter;
    }
}
