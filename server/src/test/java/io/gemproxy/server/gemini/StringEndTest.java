package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class StringEndTest {
    @Test
    void theFirstOfTheThreeIsFoundWhereverItStands() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            byte[] text = new byte[random.nextInt(40)];
            random.nextBytes(text);
            for (int i = 0; i < text.length; i++) {
                if (random.nextInt(12) == 0) {
                    text[i] = (byte) "\"\\\n!#".charAt(random.nextInt(5));
                }
            }
            int from = random.nextInt(text.length + 1);
            int to = from + random.nextInt(text.length - from + 1);
            assertEquals(oneByOne(text, from, to), StringEnd.find(text, from, to, '"', '\\', '\n'));
        }
    }

    @Test
    void neighboursOfTheCharactersAreNoneOfThem() {
        byte[] text = new byte[256];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) i;
        }
        assertEquals('\n', StringEnd.find(text, 0, 256, '"', '\\', '\n'));
        assertEquals('"', StringEnd.find(text, '\n' + 1, 256, '"', '\\', '\n'));
        assertEquals('\\', StringEnd.find(text, '"' + 1, 256, '"', '\\', '\n'));
        assertEquals(256, StringEnd.find(text, '\\' + 1, 256, '"', '\\', '\n'));
    }

    private static int oneByOne(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != '"' && text[at] != '\\' && text[at] != '\n') {
            at++;
        }
        return at;
    }
}
