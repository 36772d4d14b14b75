package io.gemproxy.simulator.faults;

import org.jspecify.annotations.Nullable;

/** All that the script says about one request; the first line that sets a thing wins. */
public final class Plan {
    private final WirePlan wire = new WirePlan();
    private @Nullable Refusal refusal;
    private @Nullable MidStream midStream;
    private byte @Nullable [] raw;
    private @Nullable String text;
    private @Nullable String finish;
    private @Nullable String block;
    private int events;
    private long size;
    private boolean redirect;
    private boolean plainBody;

    /** An error object in a stream that began well. */
    public record MidStream(Point point, Refusal refusal) {}

    /** What happens on the wire. */
    public WirePlan wire() {
        return wire;
    }

    public void refuse(Refusal with) {
        refusal = refusal == null && raw == null ? with : refusal;
    }

    /** The stream ends at that point with that error as its last element. */
    public void midStream(Point point, Refusal with) {
        midStream = midStream == null ? new MidStream(point, with) : midStream;
    }

    /** Sends exactly these bytes as the whole answer. */
    public void raw(byte[] bytes) {
        raw = refusal == null && raw == null ? bytes.clone() : raw;
    }

    /** The text a model answers with. */
    public void text(String answer) {
        text = text == null ? answer : text;
    }

    /** The finishReason of a model's answer. */
    public void finish(String reason) {
        finish = finish == null ? reason : finish;
    }

    /** The blockReason of a prompt: no candidates then. */
    public void block(String reason) {
        block = block == null ? reason : block;
    }

    /** Into how many events a stream is divided. */
    public void events(int count) {
        events = events == 0 ? count : events;
    }

    /** How many characters of text a model answers with. */
    public void size(long characters) {
        size = size == 0 ? characters : size;
    }

    /** A download answers 302 to its /download/ path. */
    public void redirect() {
        redirect = true;
    }

    /** No compression, even when offered. */
    public void plainBody() {
        plainBody = true;
    }

    public @Nullable Refusal refusal() {
        return refusal;
    }

    public @Nullable MidStream brokenStream() {
        return midStream;
    }

    public byte @Nullable [] rawBytes() {
        return raw;
    }

    public @Nullable String answerText() {
        return text;
    }

    public @Nullable String finishReason() {
        return finish;
    }

    public @Nullable String blockReason() {
        return block;
    }

    public int eventCount() {
        return events;
    }

    public long answerSize() {
        return size;
    }

    public boolean redirects() {
        return redirect;
    }

    public boolean uncompressed() {
        return plainBody;
    }
}
