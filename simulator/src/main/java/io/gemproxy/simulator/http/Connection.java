package io.gemproxy.simulator.http;

import io.gemproxy.simulator.faults.WirePlan;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Serves the requests of one connection, one after the other. */
final class Connection implements Closeable {
    private static final long MOST_TO_DRAIN = 64L << 20;
    private final long id;
    private final Socket socket;
    private final Service service;
    private final WireInput in;
    private final OutputStream out;
    private final Peer peer;
    private final AtomicLong served = new AtomicLong();

    Connection(long id, Socket socket, Service service) throws IOException {
        this.id = id;
        this.socket = socket;
        this.service = service;
        this.in = new WireInput(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
        this.peer = new Peer(in);
    }

    /** Runs until the connection ends, whoever ends it. */
    void run() {
        try {
            while (in.available() && exchange()) {
                served.incrementAndGet();
            }
            linger();
        } catch (CutException scripted) {
            if (scripted.reset()) {
                reset();
            }
        } catch (BadRequestException bad) {
            refuse();
        } catch (IOException broken) {
            // the peer broke the connection: nothing can be told to it any more
        } finally {
            end();
        }
    }

    private void end() {
        try {
            close();
        } catch (IOException alreadyClosed) {
            peer.leave();
        }
    }

    @Override
    public void close() throws IOException {
        peer.leave();
        socket.close();
    }

    private boolean exchange() throws IOException {
        RequestHead head = head();
        RequestBody body = new RequestBody(head.headers(), in, out);
        Service.Planned planned = service.serve(new Exchange(id, head, body, peer));
        WirePlan plan = planned.plan();
        boolean unread = plan.answersEarly() && !body.finished();
        if (!unread) {
            drain(body);
        }
        RawAnswer raw =
                planned.answer().body() instanceof Answer.Raw given
                        ? RawAnswer.of(given.bytes(), head.method().equals("HEAD"))
                        : null;
        int status = raw == null ? planned.answer().status() : raw.status();
        boolean endless = raw != null && !raw.delimited();
        boolean close =
                endless || unread || head.wantsClose() || plan.closesAfter() || plan.endsByClose();
        AnswerWriter writer = new AnswerWriter(out, peer, head, planned);
        boolean complete = false;
        try {
            writer.write(close);
            complete = true;
        } finally {
            planned.sent().ended(status, writer.sent(), complete);
        }
        if (planned.answer().body() instanceof Answer.Upgraded upgraded) {
            upgraded.talk().over(new WebSocket(in.stream(), out));
            return false;
        }
        if (plan.closeIdleAfter() != null) {
            closeWhenIdle(plan.closeIdleAfter());
        }
        return !close;
    }

    private RequestHead head() throws IOException {
        String line = in.line();
        while (line.isEmpty()) {
            line = in.line();
        }
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last <= first) {
            throw new BadRequestException("not a request line");
        }
        String target = line.substring(first + 1, last);
        Headers headers = new Headers();
        for (String field = in.line(); !field.isEmpty(); field = in.line()) {
            int colon = field.indexOf(':');
            if (colon <= 0) {
                throw new BadRequestException("not a header line");
            }
            headers.add(field.substring(0, colon), field.substring(colon + 1).strip());
        }
        return new RequestHead(
                line.substring(0, first),
                target,
                line.substring(last + 1),
                headers,
                Target.parse(target));
    }

    private void drain(RequestBody body) throws IOException {
        if (body.finished()) {
            return;
        }
        byte[] scratch = new byte[16 * 1024];
        long drained = 0;
        for (int count = body.read(scratch); count >= 0; count = body.read(scratch)) {
            drained += count;
            if (drained > MOST_TO_DRAIN) {
                throw new CutException(false);
            }
        }
    }

    /** Ends our half first, so that an answer sent before the body was read is not lost. */
    private void linger() throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(200);
        byte[] scratch = new byte[16 * 1024];
        long drained = 0;
        for (int count = in.read(scratch, 0, scratch.length);
                count >= 0 && drained < MOST_TO_DRAIN;
                count = in.read(scratch, 0, scratch.length)) {
            drained += count;
        }
    }

    private void closeWhenIdle(Duration time) {
        long before = served.get();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        Thread.sleep(time);
                        if (served.get() <= before + 1) {
                            socket.shutdownOutput();
                            close();
                        }
                    } catch (IOException | InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            peer.leave();
        }
    }

    private void refuse() {
        try {
            String answer =
                    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException gone) {
            peer.leave();
        }
    }
}
