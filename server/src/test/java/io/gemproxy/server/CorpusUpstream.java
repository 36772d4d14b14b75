package io.gemproxy.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Google's side of an exchange: keeps what it got and says the file's bytes; the next chunk of a
 * stream only after the client has the last one.
 */
final class CorpusUpstream implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<SpokenAnswer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<WireMessage> received = new LinkedBlockingQueue<>();
    private final List<Socket> open = new ArrayList<>();
    private final Duration patience;

    CorpusUpstream(Duration patience) throws IOException {
        this.patience = patience;
        Thread.startVirtualThread(this::accept);
    }

    /** As {@code Host} and base address name it. */
    String authority() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** What to say to the next request. */
    void willSay(SpokenAnswer answer) {
        answers.add(answer);
    }

    /** The request that came next. */
    WireMessage received() throws InterruptedException {
        WireMessage message = received.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null) {
            throw new AssertionError("nothing reached the upstream");
        }
        return message;
    }

    /** Requests that nobody has asked for. */
    int excess() {
        return received.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        synchronized (open) {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                synchronized (open) {
                    open.add(socket);
                }
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new java.io.BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                received.add(WireMessage.read(in, WireMessage.Kind.REQUEST, count -> {}));
                SpokenAnswer answer = answers.take();
                say(socket.getOutputStream(), answer);
                more = !saysClose(answer.bytes());
            }
        } catch (IOException | InterruptedException end) {
            // the proxy closed an idle connection, or the test is over
        }
    }

    private static void say(OutputStream out, SpokenAnswer answer)
            throws IOException, InterruptedException {
        int from = 0;
        for (SpokenAnswer.Cut cut : answer.cuts()) {
            out.write(answer.bytes(), from, cut.wireEnd() - from);
            out.flush();
            from = cut.wireEnd();
            answer.awaitArrival(cut.bodyEnd());
        }
        out.write(answer.bytes(), from, answer.bytes().length - from);
        out.flush();
    }

    private static boolean saysClose(byte[] answer) throws IOException {
        int head = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        return WireMessage.read(
                        new ByteArrayInputStream(Arrays.copyOf(answer, head)),
                        WireMessage.Kind.BODYLESS_ANSWER,
                        count -> {})
                .values("connection")
                .contains("close");
    }
}
