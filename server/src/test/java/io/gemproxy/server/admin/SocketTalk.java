package io.gemproxy.server.admin;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Asks over a Unix socket, one connection for each question. */
record SocketTalk(Path socket) {
    /** The whole answer; the server is asked to close behind it. */
    String ask(String method, String path, List<String> fields, String body) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        head.append("Host: localhost\r\nConnection: close\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        if (!body.isEmpty()) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return raw(head + "\r\n" + body);
    }

    /** Whatever comes until the server closes. */
    String raw(String bytes) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(channel).write(bytes.getBytes(StandardCharsets.US_ASCII));
            byte[] answer =
                    Emissions.OF_THIS_RUN
                            .from("an answer of the Unix socket", Channels.newInputStream(channel))
                            .readAllBytes();
            return new String(answer, StandardCharsets.UTF_8);
        }
    }

    static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }
}
