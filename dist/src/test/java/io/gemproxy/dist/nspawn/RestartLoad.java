package io.gemproxy.dist.nspawn;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Clients, over TLS, of a server that restarts: half of them open a connection for each request,
 * half keep theirs until an answer says that it was the last. Runs until its input ends, then says
 * what it lost. A program of its own, because it runs in a machine's network.
 */
public final class RestartLoad {
    private static final int CLIENTS = 4;
    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private final SSLContext trust;
    private final AtomicLong fresh = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private final List<String> lost = new ArrayList<>();
    private volatile boolean over;

    private RestartLoad(int port) throws GeneralSecurityException {
        this.port = port;
        trust = SSLContext.getInstance("TLS");
        trust.init(null, new TrustManager[] {new Anybody()}, null);
    }

    /** Arguments: the port. */
    public static void main(String[] arguments) throws Exception {
        RestartLoad load = new RestartLoad(Integer.parseInt(arguments[0]));
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            boolean keeps = i % 2 == 0;
            clients.add(Thread.ofPlatform().start(() -> load.work(keeps)));
        }
        System.in.transferTo(OutputStream.nullOutputStream());
        load.over = true;
        for (Thread client : clients) {
            client.join();
        }
        System.out.println(
                "fresh=" + load.fresh + " kept=" + load.kept + " slowest_ms=" + load.slowest);
        load.lost.forEach(System.out::println);
    }

    private void work(boolean keeps) {
        while (!over) {
            String state = "connecting";
            try (Socket plain = new Socket()) {
                plain.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        PATIENCE_MILLIS);
                plain.setSoTimeout(PATIENCE_MILLIS);
                Socket socket =
                        trust.getSocketFactory().createSocket(plain, "localhost", port, true);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                state = "the first request";
                boolean again = ask(socket, in, keeps);
                fresh.incrementAndGet();
                while (again && !over) {
                    state = "a further request";
                    again = ask(socket, in, true);
                    kept.incrementAndGet();
                }
            } catch (IOException | RuntimeException failed) {
                synchronized (lost) {
                    lost.add("LOST " + state + ": " + failed);
                }
            }
        }
    }

    /** Sends a request and reads its whole answer; whether the connection may be used again. */
    private boolean ask(Socket socket, InputStream in, boolean keeps) throws IOException {
        long begun = System.nanoTime();
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}";
        String request =
                "POST /v1beta/models/gemini-2.5-flash:generateContent HTTP/1.1\r\nHost: x\r\n"
                        + (keeps ? "" : "Connection: close\r\n")
                        + "Content-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered: " + status);
        }
        boolean last = !keeps;
        boolean chunked = false;
        int length = 0;
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            String lower = field.toLowerCase(Locale.ROOT);
            last |= lower.equals("connection: close");
            chunked |= lower.equals("transfer-encoding: chunked");
            length =
                    lower.startsWith("content-length:")
                            ? Integer.parseInt(lower.substring(15).strip())
                            : length;
        }
        if (chunked) {
            for (int size = size(in); size > 0; size = size(in)) {
                in.skipNBytes(size + 2L);
            }
            in.skipNBytes(2);
        } else {
            in.skipNBytes(length);
        }
        long millis = (System.nanoTime() - begun) / 1_000_000;
        slowest.accumulateAndGet(millis, Math::max);
        return !last;
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed after '" + line + "'");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** The certificate is self-signed, and not what is looked at here. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
