package io.gemproxy.server;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.HeaderField;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A bare HTTP/1.1 client on one socket: it shows how an answer ended, which kinder ones hide. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in =
                new BufferedInputStream(
                        Emissions.OF_THIS_RUN.from("an answer", socket.getInputStream()),
                        64 * 1024);
        out = socket.getOutputStream();
    }

    static Wire to(int port) throws IOException {
        return new Wire(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Over TLS 1.3, trusting exactly this certificate, whose names are checked. */
    static Wire overTls(int port, X509Certificate trusted) throws IOException {
        return overTls("127.0.0.1", port, trusted);
    }

    /** The same, to this machine under another name. */
    static Wire overTls(String host, int port, X509Certificate trusted) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("server", trusted);
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {"TLSv1.3"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new Wire(socket);
        } catch (GeneralSecurityException broken) {
            throw new IOException(broken);
        }
    }

    /** Sends exactly these bytes. */
    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void raw(String text) throws IOException {
        raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Sends a request in one piece, so that a busy machine makes no slow client of it; {@code
     * Content-Length} is added to one with a body.
     */
    void send(String method, String target, List<String> fields, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (fields.stream().noneMatch(field -> field.startsWith("Host:"))) {
            head.append("Host: 127.0.0.1:").append(socket.getPort()).append("\r\n");
        }
        fields.forEach(field -> head.append(field).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(body);
        raw(whole.toByteArray());
    }

    /** The next answer, as far as it came. */
    Reply read() throws IOException {
        Head head;
        try {
            head = head();
        } catch (IOException cut) {
            return new Reply(new Head(0, List.of()), new byte[0], false);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = true;
        try {
            body(head, body);
        } catch (java.net.SocketTimeoutException hanging) {
            throw hanging;
        } catch (IOException cut) {
            whole = false;
        }
        return new Reply(head, body.toByteArray(), whole);
    }

    /** Status line and fields of the next answer. */
    Head head() throws IOException {
        String status = line();
        List<HeaderField> fields = new ArrayList<>();
        for (String field = line(); !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            fields.add(
                    new HeaderField(field.substring(0, colon), field.substring(colon + 1).strip()));
        }
        return new Head(Integer.parseInt(status.substring(9, 12)), fields);
    }

    /** One chunk of a chunked answer; empty at its end. */
    byte[] chunk() throws IOException {
        int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
        byte[] chunk = exactly(size);
        line();
        return chunk;
    }

    /** The next byte after all that was read; -1 at the end of the connection. */
    int next() throws IOException {
        return in.read();
    }

    private void body(Head head, ByteArrayOutputStream body) throws IOException {
        if (head.status() == 204 || head.status() == 304) {
            return;
        }
        if (head.field("transfer-encoding").isPresent()) {
            for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
                body.writeBytes(chunk);
            }
            return;
        }
        int length = head.field("content-length").map(Integer::parseInt).orElse(0);
        byte[] block = new byte[16 * 1024];
        while (body.size() < length) {
            int got = in.read(block, 0, Math.min(block.length, length - body.size()));
            if (got < 0) {
                throw new EOFException("answer cut");
            }
            body.write(block, 0, got);
        }
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("answer cut");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("connection closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Leaves with a reset, as a killed process does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * The beginning of an answer.
     *
     * @param status 200 and its like
     * @param fields in their order
     */
    record Head(int status, List<HeaderField> fields) {
        Optional<String> field(String name) {
            return fields.stream()
                    .filter(field -> field.name().equalsIgnoreCase(name))
                    .map(HeaderField::value)
                    .findFirst();
        }
    }

    /** An answer, as far as it came. */
    static final class Reply {
        private final Head head;
        private final byte[] body;
        private final boolean whole;

        private Reply(Head head, byte[] body, boolean whole) {
            this.head = head;
            this.body = body;
            this.whole = whole;
        }

        /** 0 if the connection ended before an answer came. */
        int status() {
            return head.status();
        }

        List<HeaderField> fields() {
            return head.fields();
        }

        /** Chunks joined. */
        byte[] body() {
            return body;
        }

        /** Whether it came to its announced end; else the connection ended inside it. */
        boolean whole() {
            return whole;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        Optional<String> field(String name) {
            return head.field(name);
        }

        String requestId() {
            return field("x-request-id").orElseThrow();
        }

        /** Everything a client could see, for a search of what it must not. */
        String everything() {
            return head.fields() + "\n" + text();
        }
    }
}
