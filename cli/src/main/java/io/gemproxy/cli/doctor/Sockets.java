package io.gemproxy.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The network by bare sockets, so that names, connections, TLS and HTTP fail apart. */
final class Sockets implements Network {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 8192;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})\\b");
    private static final Pattern DATE = Pattern.compile("(?im)^date:[ \\t]*([^\\r\\n]+)");

    @Override
    public int addresses(String host) throws UnknownHostException {
        return InetAddress.getAllByName(bare(host)).length;
    }

    @Override
    public Greeting get(URI address) throws IOException {
        return get(address, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    @Override
    public Greeting get(URI address, SSLContext trust) throws IOException {
        return get(address, trust.getSocketFactory());
    }

    @Override
    public void knock(Path socket) throws IOException {
        try (SocketChannel knock = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            knock.configureBlocking(false);
            knock.connect(UnixDomainSocketAddress.of(socket));
        }
    }

    private static Greeting get(URI address, SSLSocketFactory factory) throws IOException {
        boolean tls = "https".equals(address.getScheme());
        int port = address.getPort() < 0 ? (tls ? 443 : 80) : address.getPort();
        String host = bare(address.getHost());
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            if (!tls) {
                return exchange(plain, address, Optional.empty());
            }
            try (SSLSocket secured = secured(factory, plain, host, port)) {
                secured.startHandshake();
                String protocol = secured.getSession().getProtocol();
                return exchange(secured, address, Optional.of(protocol));
            }
        }
    }

    @Override
    public void bind(String host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bare(host)), port));
        }
    }

    private static SSLSocket secured(SSLSocketFactory factory, Socket plain, String host, int port)
            throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static Greeting exchange(Socket socket, URI address, Optional<String> protocol)
            throws IOException {
        String request =
                "GET "
                        + address.getRawPath()
                        + " HTTP/1.1\r\nHost: "
                        + address.getRawAuthority()
                        + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        InputStream in = socket.getInputStream();
        String answer = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        Matcher status = STATUS.matcher(answer);
        if (!status.lookingAt()) {
            throw new ProtocolException("it answers, but not in HTTP");
        }
        return new Greeting(Integer.parseInt(status.group(1)), date(answer), protocol, answer);
    }

    private static Optional<Instant> date(String answer) {
        Matcher date = DATE.matcher(answer);
        try {
            return date.find()
                    ? Optional.of(
                            DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                                    date.group(1).strip(), Instant::from))
                    : Optional.empty();
        } catch (DateTimeException odd) {
            return Optional.empty();
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
