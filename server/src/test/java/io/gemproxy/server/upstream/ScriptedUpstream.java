package io.gemproxy.server.upstream;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A raw-socket upstream whose every byte the test decides. */
final class ScriptedUpstream implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)\r?$");

    /** What happens on one accepted connection; the connection is closed when it returns. */
    interface Script {
        void play(Conversation conversation) throws Exception;
    }

    private final ServerSocket listener;
    private final @Nullable SSLContext tls;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    ScriptedUpstream(Script script) throws IOException {
        this(null, script);
    }

    /** Speaks TLS when given a context. */
    ScriptedUpstream(@Nullable SSLContext tls, Script script) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.tls = tls;
        this.script = script;
        Thread.startVirtualThread(this::accept);
    }

    URI uri(String scheme) {
        return URI.create(scheme + "://localhost:" + listener.getLocalPort());
    }

    /** Connections accepted so far. */
    int connections() {
        return connections.get();
    }

    /** The request heads seen so far, in order of arrival. */
    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                int number = connections.incrementAndGet();
                Thread.startVirtualThread(() -> serve(socket, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (Socket spoken = spoken(socket)) {
            script.play(new Conversation(spoken, socket, number));
        } catch (Exception e) {
            failures.add(e);
        }
    }

    private Socket spoken(Socket socket) throws IOException {
        SSLContext context = tls;
        return context == null
                ? socket
                : context.getSocketFactory().createSocket(socket, null, true);
    }

    /** What the scripts themselves met, such as a client that left. */
    Queue<Throwable> failures() {
        return failures;
    }

    /** One accepted connection. */
    final class Conversation {
        private final Socket socket;
        private final Socket raw;
        private final int number;

        Conversation(Socket socket, Socket raw, int number) {
            this.socket = socket;
            this.raw = raw;
            this.number = number;
        }

        /** 1 for the first connection ever accepted. */
        int number() {
            return number;
        }

        Socket socket() {
            return socket;
        }

        /** Reads one request with its body; null when the client closed instead. */
        @Nullable Request request() throws IOException {
            String head = head();
            return head == null ? null : new Request(head, body(head));
        }

        /** Reads a request head only; null when the client closed instead. */
        @Nullable String head() throws IOException {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int c = in.read();
                if (c < 0) {
                    return null;
                }
                head.write(c);
            }
            String arrived = head.toString(StandardCharsets.ISO_8859_1);
            heads.add(arrived);
            return arrived;
        }

        Conversation say(String bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return this;
        }

        /** Ends the connection with a reset. */
        void reset() throws IOException {
            raw.setSoLinger(true, 0);
            raw.close();
        }

        /** Ends the TCP connection without a farewell of TLS. */
        void cut() throws IOException {
            raw.close();
        }

        /** Waits until the client closes; fails on a byte. */
        void awaitClose() throws IOException {
            try {
                if (socket.getInputStream().read() >= 0) {
                    throw new IOException("the client sent more");
                }
            } catch (java.net.SocketException reset) {
                // as good as an end
            }
        }

        private byte[] body(String head) throws IOException {
            InputStream in = socket.getInputStream();
            if (head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked")) {
                return chunks(in);
            }
            Matcher length = LENGTH.matcher(head);
            return length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        }

        private byte[] chunks(InputStream in) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = size(in); size > 0; size = size(in)) {
                body.write(in.readNBytes(size));
                in.readNBytes(2);
            }
            in.readNBytes(2);
            return body.toByteArray();
        }

        private int size(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("chunk size");
                }
                line.append((char) c);
            }
            return Integer.parseInt(line.toString().strip(), 16);
        }
    }

    /** A request as it arrived. */
    static final class Request {
        private final String head;
        private final byte[] body;

        Request(String head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        String head() {
            return head;
        }

        String body() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }

        int length() {
            return body.length;
        }
    }
}
