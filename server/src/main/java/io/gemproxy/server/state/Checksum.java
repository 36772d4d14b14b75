package io.gemproxy.server.state;

import java.util.HexFormat;
import java.util.zip.CRC32C;

/** CRC-32C of bytes as eight hexadecimal digits; it finds damage, not forgery. */
final class Checksum {
    static final int DIGITS = 8;

    private Checksum() {}

    static String of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static String of(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
