package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PublicHostsTest {
    @Test
    void thePublicAddressDecidesAlone() {
        PublicHosts hosts = of("https://public.example:444", List.of("proxy.example"));

        assertEquals(Optional.of("https://public.example:444"), hosts.origin("proxy.example"));
        assertEquals(Optional.of("https://public.example:444"), hosts.origin("evil.example"));
    }

    @Test
    void aPublicAddressWithoutTlsIsNoPlaceToGo() {
        PublicHosts hosts = of("http://public.example", List.of("proxy.example"));

        assertEquals(Optional.of("https://proxy.example"), hosts.origin("public.example"));
    }

    @Test
    void aWildcardIsNoPlaceToGo() {
        PublicHosts hosts = of("", List.of("*.wild.example"));

        assertEquals(Optional.empty(), hosts.origin("evil.example"));
        assertEquals(Optional.empty(), hosts.origin("*.evil.example"));
        assertEquals(Optional.of("https://known.example"), hosts.origin("known.example:80"));
    }

    @Test
    void withoutAHostTheFirstDomainStandsIn() {
        assertEquals(
                Optional.of("https://proxy.example"), of("", List.of("proxy.example")).origin(""));
        assertEquals(Optional.empty(), of("", List.of()).origin(""));
    }

    private static PublicHosts of(String publicUrl, List<String> domains) {
        return new PublicHosts(
                Optional.of(publicUrl).filter(url -> !url.isEmpty()).map(URI::create),
                domains,
                "known.example"::equals,
                () -> 443);
    }
}
