package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.listener.TrustedProxiesConfig.Header;
import io.gemproxy.server.listener.TrustedProxiesConfig.Network;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.WritableHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {
    private static TrustedProxiesConfig trusting(Header header, String... networks) {
        return new TrustedProxiesConfig(
                Stream.of(networks).map(it -> Network.parse(it).orElseThrow()).toList(), header);
    }

    private static PeerInfo peer(String address) {
        InetSocketAddress socket = new InetSocketAddress(InetAddress.ofLiteral(address), 1);
        return new PeerInfo() {
            @Override
            public SocketAddress address() {
                return socket;
            }

            @Override
            public String host() {
                return address;
            }

            @Override
            public int port() {
                return 1;
            }

            @Override
            public Optional<Principal> tlsPrincipal() {
                return Optional.empty();
            }

            @Override
            public Optional<Certificate[]> tlsCertificates() {
                return Optional.empty();
            }
        };
    }

    private static ServerRequestHeaders headers(String name, String... lines) {
        WritableHeaders<?> headers = WritableHeaders.create();
        for (String line : lines) {
            headers.add(io.helidon.http.HeaderValues.create(HeaderNames.create(name), line));
        }
        return ServerRequestHeaders.create(headers);
    }

    private static String told(String peer, String value) {
        return new ClientAddresses(trusting(Header.X_FORWARDED_FOR, "10.0.0.0/8", "fd00::/8"))
                .of(peer(peer), headers("X-Forwarded-For", value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // whoever is no proxy of ours says nothing
                "192.0.2.7 | 198.51.100.1 | 192.0.2.7",
                "10.0.0.1 | 198.51.100.1 | 198.51.100.1",
                // what the client wrote stands left of what our proxy wrote
                "10.0.0.1 | 203.0.113.66, 198.51.100.1 | 198.51.100.1",
                "10.0.0.1 | 203.0.113.66, 198.51.100.1, 10.0.0.2 | 198.51.100.1",
                "10.0.0.1 | 10.9.9.9, 203.0.113.66 | 203.0.113.66",
                "10.0.0.1 | 10.0.0.9, 10.0.0.2 | 10.0.0.9",
                "10.0.0.1 | unknown | 10.0.0.1",
                "10.0.0.1 | evil.example, 10.0.0.2 | 10.0.0.2",
                "10.0.0.1 | 198.51.100.1, | 10.0.0.1",
                "10.0.0.1 | 198.51.100.1:4711 | 198.51.100.1",
                "10.0.0.1 | [2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1 | 2001:db8::1 | 2001:db8:0:0:0:0:0:1",
                "fd00::1 | 198.51.100.1 | 198.51.100.1",
                "10.0.0.1 | 198.51.100.0/24 | 10.0.0.1",
                "10.0.0.1 | 1 | 10.0.0.1",
            })
    void theRightmostAddressThatIsNotAProxysIsTheClients(String peer, String sent, String told) {
        assertEquals(told, told(peer, sent));
    }

    @Test
    void severalLinesAreOneList() {
        ClientAddresses addresses =
                new ClientAddresses(trusting(Header.X_FORWARDED_FOR, "10.0.0.0/8"));
        assertEquals(
                "198.51.100.1",
                addresses.of(
                        peer("10.0.0.1"),
                        headers("X-Forwarded-For", "203.0.113.1, 198.51.100.1", "10.0.0.2")));
    }

    @Test
    void onlyTheConfiguredHeaderIsRead() {
        ClientAddresses addresses = new ClientAddresses(trusting(Header.FORWARDED, "10.0.0.0/8"));
        assertEquals(
                "10.0.0.1",
                addresses.of(peer("10.0.0.1"), headers("X-Forwarded-For", "198.51.100.1")));
        assertEquals(
                "198.51.100.1",
                addresses.of(
                        peer("10.0.0.1"),
                        headers(
                                "Forwarded",
                                "for=203.0.113.9;proto=https",
                                "For=\"198.51.100.1:99\";by=10.0.0.1, for=10.0.0.3")));
        assertEquals(
                "2001:db8:0:0:0:0:0:5",
                addresses.of(peer("10.0.0.1"), headers("Forwarded", "for=\"[2001:db8::5]:77\"")));
        assertEquals(
                "10.0.0.1", addresses.of(peer("10.0.0.1"), headers("Forwarded", "for=_hidden")));
    }

    @Test
    void withoutTrustedProxiesThePeerIsTheClient() {
        assertEquals(
                "10.0.0.1",
                new ClientAddresses(TrustedProxiesConfig.NONE)
                        .of(peer("10.0.0.1"), headers("X-Forwarded-For", "198.51.100.1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0/8",
                "::/129",
                "x",
                "10.0.0.1/",
                "a.b.c.d"
            })
    void whatIsNoNetworkIsNotRead(String text) {
        assertEquals(Optional.empty(), Network.parse(text));
    }

    @Test
    void aNetworkEndsAtTheBit() {
        Network network = Network.parse("192.0.2.128/25").orElseThrow();
        assertTrue(network.contains(InetAddress.ofLiteral("192.0.2.200")));
        assertFalse(network.contains(InetAddress.ofLiteral("192.0.2.127")));
        assertFalse(network.contains(InetAddress.ofLiteral("2001:db8::1")));
    }

    @Test
    void anAddressHasOnlySoManyConnections() {
        AddressConnections open =
                new AddressConnections(
                        OptionalInt.of(2), it -> PeerAddress.of(it).equals("10.0.0.1"));
        assertTrue(open.enter(peer("192.0.2.1")));
        assertTrue(open.enter(peer("192.0.2.1")));
        assertFalse(open.enter(peer("192.0.2.1")));
        assertTrue(open.enter(peer("192.0.2.2")));
        open.leave(peer("192.0.2.1"));
        assertTrue(open.enter(peer("192.0.2.1")));
        for (String proxy : List.of("10.0.0.1", "10.0.0.1", "10.0.0.1")) {
            assertTrue(open.enter(peer(proxy)));
        }
    }
}
