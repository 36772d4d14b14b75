package io.gemproxy.server.listener.certificates.acme;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A name server (RFC 1035) in which every name is this machine, and a TXT record is a file of that
 * name.
 */
public final class DnsStub implements AutoCloseable {
    private static final int HEAD = 12;
    private static final int A = 1;
    private static final int TXT = 16;

    private final DatagramSocket socket;
    private final Path records;

    private DnsStub(DatagramSocket socket, Path records) {
        this.socket = socket;
        this.records = records;
    }

    /**
     * @param records a directory of files named as TXT records
     */
    public static DnsStub start(Path records) throws IOException {
        DnsStub stub =
                new DnsStub(new DatagramSocket(0, InetAddress.getLoopbackAddress()), records);
        Thread.ofPlatform().daemon().name("dns-stub").start(stub::serve);
        return stub;
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        byte[] buffer = new byte[1_500];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                socket.receive(question);
                byte[] answer = answer(Arrays.copyOf(buffer, question.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            } catch (SocketException closed) {
                return;
            } catch (IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }
    }

    private byte[] answer(byte[] question) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEAD;
        for (; question[at] != 0; at += question[at] + 1) {
            name.append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
            name.append('.');
        }
        int type = question[at + 1] << 8 | question[at + 2];
        byte[] data = data(name.substring(0, name.length() - 1).toLowerCase(Locale.ROOT), type);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(question, 0, 2);
        out.writeBytes(new byte[] {(byte) 0x85, (byte) 0x80, 0, 1});
        out.writeBytes(new byte[] {0, (byte) (data.length == 0 ? 0 : 1), 0, 0, 0, 0});
        out.write(question, HEAD, at + 5 - HEAD);
        if (data.length > 0) {
            out.writeBytes(new byte[] {(byte) 0xC0, HEAD, 0, (byte) type, 0, 1, 0, 0, 0, 0});
            out.writeBytes(new byte[] {(byte) (data.length >> 8), (byte) data.length});
            out.writeBytes(data);
        }
        return out.toByteArray();
    }

    private byte[] data(String name, int type) throws IOException {
        if (type == A) {
            return new byte[] {127, 0, 0, 1};
        }
        Path record = records.resolve(name);
        if (type != TXT || !Files.exists(record)) {
            return new byte[0];
        }
        byte[] text = Files.readString(record).strip().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text.length);
        out.writeBytes(text);
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
