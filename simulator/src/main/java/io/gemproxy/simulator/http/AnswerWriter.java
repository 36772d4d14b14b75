package io.gemproxy.simulator.http;

import io.gemproxy.simulator.faults.Act;
import io.gemproxy.simulator.faults.Point;
import io.gemproxy.simulator.faults.WirePlan;
import io.gemproxy.simulator.faults.WirePlan.Strike;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sends one answer, byte for byte as planned. */
final class AnswerWriter {
    private static final byte[] CRLF = {'\r', '\n'};
    private final OutputStream out;
    private final Peer peer;
    private final Answer answer;
    private final WirePlan plan;
    private final List<Strike> strikes;
    private final boolean chunked;
    private final boolean bodiless;
    private long sent;
    private boolean ended;

    AnswerWriter(OutputStream out, Peer peer, RequestHead request, Service.Planned planned) {
        this.out = out;
        this.peer = peer;
        this.answer = planned.answer();
        this.plan = planned.plan();
        this.strikes = new ArrayList<>(plan.strikes());
        boolean streams =
                answer.body() instanceof Answer.Events || answer.body() instanceof Answer.Chunked;
        this.chunked = streams && !plan.endsByClose();
        this.bodiless =
                request.method().equals("HEAD") || answer.status() == 204 || answer.status() == 101;
    }

    /** Body bytes sent so far. */
    long sent() {
        return sent;
    }

    void write(boolean close) throws IOException {
        strike(new Point.Head());
        if (answer.body() instanceof Answer.Raw raw) {
            payload(raw.bytes(), 0, raw.bytes().length);
            strike(new Point.End());
            out.flush();
            return;
        }
        if (plan.informational() > 0) {
            out.write(ascii("HTTP/1.1 " + plan.informational() + " Early\r\n\r\n"));
            out.flush();
        }
        out.write(ascii(head(close)));
        if (!bodiless) {
            body();
        }
        out.write(plan.trailing());
        out.flush();
    }

    private void body() throws IOException {
        switch (answer.body()) {
            case Answer.Whole whole -> payload(whole.bytes(), 0, whole.bytes().length);
            case Answer.Chunked whole -> payload(whole.bytes(), 0, whole.bytes().length);
            case Answer.Events events -> events(events.pieces());
            case Answer.Generated made -> made.source().writeTo(new Payload());
            case Answer.Raw _, Answer.Upgraded _ ->
                    throw new IllegalStateException("there is no body to be written");
        }
        strike(new Point.AtByte(sent));
        strike(new Point.End());
        if (chunked) {
            out.write(ascii(plan.lastCrlfMissing() ? "0\r\n" : "0\r\n\r\n"));
        }
    }

    private void events(List<byte[]> pieces) throws IOException {
        int number = 0;
        for (byte[] piece : pieces) {
            if (number++ == 0 || plan.eventGate() != null) {
                out.flush();
            }
            if (plan.eventGate() != null) {
                peer.pass(plan.eventGate());
            }
            strike(new Point.Event(number));
            if (ended) {
                return;
            }
            payload(piece, 0, piece.length);
            out.flush();
        }
    }

    private void payload(byte[] from, int offset, int length) throws IOException {
        WirePlan.Drip drip = plan.drip();
        if (strikes.isEmpty() && drip == null) {
            piece(from, offset, length);
            return;
        }
        int at = offset;
        int end = offset + length;
        while (at < end) {
            strike(new Point.AtByte(sent));
            long most = Math.min(end - at, nextStrike() - sent);
            int count = (int) (drip == null ? most : Math.min(drip.bytes(), most));
            piece(from, at, count);
            at += count;
            if (drip != null) {
                out.flush();
                peer.pause(drip.pause());
            }
        }
    }

    private void piece(byte[] from, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        if (chunked) {
            out.write(ascii(Integer.toHexString(length)));
            out.write(CRLF);
        }
        out.write(from, offset, length);
        if (chunked) {
            out.write(CRLF);
        }
        sent += length;
    }

    private long nextStrike() {
        long next = Long.MAX_VALUE;
        for (Strike strike : strikes) {
            if (strike.point() instanceof Point.AtByte at && at.count() > sent) {
                next = Math.min(next, at.count());
            }
        }
        return next;
    }

    private void strike(Point point) throws IOException {
        for (int i = 0; i < strikes.size(); ) {
            Strike strike = strikes.get(i);
            if (strike.point().equals(point)) {
                strikes.remove(i);
                out.flush();
                act(strike.act());
            } else {
                i++;
            }
        }
    }

    private void act(Act act) throws IOException {
        switch (act) {
            case Act.Reset reset -> throw new CutException(true);
            case Act.Close close -> throw new CutException(false);
            case Act.Stall stall -> peer.pause(stall.time());
            case Act.Hold hold -> peer.pass(hold.gate());
            case Act.Insert insert -> piece(insert.bytes(), 0, insert.bytes().length);
            case Act.EndWith end -> {
                piece(end.bytes(), 0, end.bytes().length);
                ended = true;
            }
        }
    }

    private String head(boolean close) {
        StringBuilder head = new StringBuilder(512);
        head.append("HTTP/1.1 ").append(answer.status()).append(' ');
        head.append(Status.phrase(answer.status())).append("\r\n");
        for (Header header : answer.headers()) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        for (String line : plan.extraHeaders()) {
            head.append(line).append("\r\n");
        }
        framing(head);
        if (close) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString();
    }

    private void framing(StringBuilder head) {
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        }
        Long announced = plan.announcedLength();
        long length =
                switch (answer.body()) {
                    case Answer.Whole whole -> whole.bytes().length;
                    case Answer.Generated made -> made.length();
                    case Answer.Chunked _, Answer.Events _, Answer.Raw _, Answer.Upgraded _ -> -1;
                };
        if (announced != null || (length >= 0 && !plan.endsByClose() && answer.status() != 204)) {
            long said = announced == null ? length : announced;
            head.append("Content-Length: ").append(said).append("\r\n");
            if (plan.lengthRepeated()) {
                head.append("Content-Length: ").append(said + 1).append("\r\n");
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Where a generated body is written. */
    private final class Payload extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            payload(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            payload(from, offset, length);
        }
    }
}
