package io.gemproxy.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class KeyTypeTest {
    @Test
    void isToldByTheBeginning() {
        assertEquals(KeyType.STANDARD, Secret.of("AI" + "za0").keyType());
        assertEquals(KeyType.AUTH, Secret.of("AQ.x").keyType());
        assertEquals(KeyType.ACCESS_TOKEN, Secret.of("ya29.x").keyType());
        assertEquals(KeyType.UNKNOWN, Secret.of("aiza").keyType());
        assertEquals(KeyType.UNKNOWN, Secret.of("").keyType());
    }
}
