package io.gemproxy.server.listener.certificates.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.listener.certificates.PemFiles;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Stands before a pebble and lets it live at another time: Go reads the clock without the C
 * library, so nothing else can. Only dates are changed, of certificates and of renewal windows.
 */
public final class ShiftedPebble implements AutoCloseable {
    private static final char[] NO_PASSWORD = {};
    private static final List<String> KEPT =
            List.of("Replay-Nonce", "Location", "Content-Type", "Link", "Retry-After");
    private static final Pattern MOMENT = Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z)\"");

    private final HttpsServer server;
    private final Pebble pebble;
    private final Path caFile;
    private final TestIssuer issuer = new TestIssuer("Shifted");
    private final List<Instant> errors = Collections.synchronizedList(new ArrayList<>());
    private volatile Duration ahead = Duration.ZERO;
    private volatile Duration aheadAtIssue = Duration.ZERO;
    private volatile boolean down;

    private ShiftedPebble(HttpsServer server, Pebble pebble, Path caFile) {
        this.server = server;
        this.pebble = pebble;
        this.caFile = caFile;
    }

    /**
     * @param directory for its certificate
     */
    public static ShiftedPebble before(Pebble pebble, Path directory) throws Exception {
        Path certificate = directory.resolve("front-cert.pem");
        Path key = directory.resolve("front-key.pem");
        SelfSignedCertificate.create(
                        List.of("127.0.0.1"),
                        Duration.ofDays(3_650),
                        InstantSource.system(),
                        new SecureRandom())
                .write(certificate, key, false);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "front",
                PemFiles.privateKey(key),
                NO_PASSWORD,
                PemFiles.certificates(certificate).toArray(new Certificate[0]));
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        ShiftedPebble front = new ShiftedPebble(server, pebble, certificate);
        server.createContext("/", front::serve);
        server.start();
        return front;
    }

    public URI directory() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/dir");
    }

    /** What vouches for its directory. */
    public Path caFile() {
        return caFile;
    }

    /** What time it is there from now on. */
    public void ahead(Duration time) {
        ahead = time;
    }

    /** Whether it answers with 503 from now on. */
    public void down(boolean outage) {
        down = outage;
    }

    /** When it said that something is wrong, in its own time. */
    public List<Instant> errors() {
        return List.copyOf(errors);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = down ? new Answer(503, Map.of(), "") : forward(exchange, body);
            if (answer.status() >= 400) {
                errors.add(Instant.now().plus(ahead));
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] sent = shifted(exchange.getRequestURI().getPath(), answer);
            boolean bare = exchange.getRequestMethod().equals("HEAD") || sent.length == 0;
            exchange.sendResponseHeaders(answer.status(), bare ? -1 : sent.length);
            if (!bare) {
                exchange.getResponseBody().write(sent);
            }
        } catch (Exception broken) {
            throw new IOException(broken);
        }
    }

    private byte[] shifted(String path, Answer answer) throws Exception {
        if (answer.status() == 200 && path.startsWith("/certZ/")) {
            aheadAtIssue = ahead;
            X509Certificate leaf =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(answer.bytes()));
            return Pem.chain(List.of(issuer.again(leaf, ahead), issuer.certificate()))
                    .getBytes(StandardCharsets.US_ASCII);
        }
        if (answer.status() == 200 && path.contains("renewalInfo")) {
            return MOMENT.matcher(new String(answer.bytes(), StandardCharsets.UTF_8))
                    .replaceAll(
                            found -> "\"" + Instant.parse(found.group(1)).plus(aheadAtIssue) + "\"")
                    .getBytes(StandardCharsets.UTF_8);
        }
        return answer.bytes();
    }

    private Answer forward(HttpExchange exchange, byte[] body) throws Exception {
        String head =
                "%s %s HTTP/1.0\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/jose+json\r\nContent-Length: %d\r\nUser-Agent: front\r\n\r\n"
                        .formatted(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI(),
                                server.getAddress().getPort(),
                                body.length);
        try (Socket socket =
                trusting(pebble.caFile())
                        .getSocketFactory()
                        .createSocket("127.0.0.1", pebble.port())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return Answer.of(
                    Emissions.OF_THIS_RUN.from("pebble", socket.getInputStream()).readAllBytes());
        }
    }

    private static SSLContext trusting(Path file) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("pebble", PemFiles.certificates(file).getFirst());
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /**
     * What came back.
     *
     * @param body a character a byte
     */
    private record Answer(int status, Map<String, String> headers, String body) {
        static Answer of(byte[] raw) {
            String text = new String(raw, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            Map<String, String> headers = new HashMap<>();
            for (String line : text.substring(0, end).split("\r\n", -1)) {
                int colon = line.indexOf(':');
                KEPT.stream()
                        .filter(name ->
                                colon > 0 && name.equalsIgnoreCase(line.substring(0, colon)))
                        .forEach(name -> headers.put(name, line.substring(colon + 1).strip()));
            }
            return new Answer(
                    Integer.parseInt(text.substring(9, 12)), headers, text.substring(end + 4));
        }

        byte[] bytes() {
            return body.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
