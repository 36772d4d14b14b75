package io.gemproxy.server.listener.unix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileIT {
    @TempDir private Path directory;

    @Test
    void theFileLeadsToTheSocketAndOnlyOwnerAndGroupMayUseIt() throws Exception {
        try (SocketFile file = SocketFile.bind(place())) {
            assertEquals("rw-rw----", mode(place()));
            try (SocketChannel client = SocketChannel.open(address());
                    SocketChannel accepted = file.channel().accept()) {
                assertTrue(client.isConnected());
                assertEquals(System.getProperty("user.name"), PeerUser.of(accepted));
            }
            assertEquals(List.of(place()), content());
        }
        assertEquals(List.of(), content());
    }

    @Test
    void aSocketThatNobodyListensToIsReplaced() throws Exception {
        stale();
        try (SocketFile file = SocketFile.bind(place());
                SocketChannel client = SocketChannel.open(address())) {
            assertTrue(file.channel().isOpen());
            assertTrue(client.isConnected());
        }
    }

    @Test
    void whatAKilledProcessLeftBesideTheSocketIsRemoved() throws Exception {
        Path empty = Files.createDirectory(directory.resolve(".gp123"));
        Path withSocket = Files.createDirectory(directory.resolve(".gp456"));
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(withSocket.resolve("s")));
        }
        Path busy = Files.createDirectory(directory.resolve(".gp789"));
        Path foreign = Files.createDirectory(directory.resolve(".gp000"));
        Files.writeString(foreign.resolve("kept"), "kept");
        Path named = Files.createDirectory(directory.resolve(".gpx"));
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(busy.resolve("s")));
            SocketFile.bind(place()).close();
        }
        assertFalse(Files.exists(empty));
        assertFalse(Files.exists(withSocket));
        assertTrue(Files.exists(busy), "somebody listens there");
        assertTrue(Files.exists(foreign.resolve("kept")));
        assertTrue(Files.exists(named));
    }

    @Test
    void aSocketThatSomebodyListensToIsLeftAlone() throws Exception {
        try (SocketFile first = SocketFile.bind(place())) {
            IOException refused = assertThrows(IOException.class, () -> SocketFile.bind(place()));
            assertTrue(String.valueOf(refused.getMessage()).contains("another process listens"));
            assertTrue(first.channel().isOpen());
            SocketChannel.open(address()).close();
        }
    }

    @Test
    void whatIsNoSocketIsNeverRemoved() throws Exception {
        Files.writeString(place(), "kept");
        assertThrows(IOException.class, () -> SocketFile.bind(place()));
        assertEquals("kept", Files.readString(place()));
        Files.delete(place());
        Files.createDirectory(place());
        assertThrows(IOException.class, () -> SocketFile.bind(place()));
        assertTrue(Files.isDirectory(place()));
        assertEquals(List.of(place()), content());
    }

    @Test
    void aLinkIsNotFollowedNotEvenToAStaleSocket() throws Exception {
        stale();
        Path target = Files.move(place(), directory.resolve("elsewhere"));
        Files.createSymbolicLink(place(), target);
        assertThrows(IOException.class, () -> SocketFile.bind(place()));
        assertTrue(Files.isSymbolicLink(place()));
        assertTrue(Files.exists(target));
    }

    @Test
    void aSuccessorsFileIsNotRemovedAtTheEnd() throws Exception {
        SocketFile first = SocketFile.bind(place());
        Files.delete(place());
        try (SocketFile second = SocketFile.bind(place())) {
            first.close();
            assertTrue(second.channel().isOpen());
            SocketChannel.open(address()).close();
        }
        assertFalse(Files.exists(place()));
    }

    @Test
    void aPathThatIsTooLongOrNowhereIsNamed() {
        Path tooLong = directory.resolve("s".repeat(120));
        IOException refused = assertThrows(IOException.class, () -> SocketFile.bind(tooLong));
        assertTrue(String.valueOf(refused.getMessage()).contains("too long"), refused::toString);
        Path nowhere = directory.resolve("none/admin.sock");
        refused = assertThrows(IOException.class, () -> SocketFile.bind(nowhere));
        assertTrue(String.valueOf(refused.getMessage()).contains("not there"), refused::toString);
        assertThrows(IOException.class, () -> SocketFile.bind(Path.of("/")));
    }

    private void stale() throws IOException {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(address());
        }
        assertTrue(Files.exists(place()));
    }

    private Path place() {
        return directory.resolve("admin.sock");
    }

    private UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(place());
    }

    private List<Path> content() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
