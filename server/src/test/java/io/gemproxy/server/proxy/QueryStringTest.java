package io.gemproxy.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryStringTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alt=sse&key=abc | alt=sse | abc",
                "key=abc | '' | abc",
                "k%65y=abc&x=1 | x=1 | abc",
                "key=a%2Fb&access_token=c | '' | a/b",
                "%24alt=json%3Benum-encoding%3Dint&key=t | %24alt=json%3Benum-encoding%3Dint | t",
                "a=1&&b&key=z&c= | a=1&&b&c= | z"
            })
    void credentialsAreTakenOutAndTheRestKeptByteForByte(
            String raw, String forwarded, String credential) {
        QueryString query = QueryString.of(raw);
        assertEquals(forwarded, query.forwarded());
        assertEquals(List.of(credential), query.credentials());
    }

    @Test
    void anEmptyCredentialCountsAsAbsent() {
        assertEquals(new QueryString("alt=sse", List.of()), QueryString.of("key=&alt=sse&key"));
    }

    @Test
    void aParameterIsFoundDecoded() {
        assertEquals(
                Optional.of("a b"), QueryString.of("x=1&upload_id=a%20b").parameter("upload_id"));
        assertEquals(Optional.empty(), QueryString.of("x=1").parameter("upload_id"));
    }
}
