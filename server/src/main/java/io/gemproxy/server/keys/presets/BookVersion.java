package io.gemproxy.server.keys.presets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of what a book says: the same for the same, also after a restart. */
final class BookVersion {
    private static final int BYTES = 12;

    private final MessageDigest digest;

    private BookVersion() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** 24 hexadecimal digits. */
    static String of(PresetBook book) {
        BookVersion version = new BookVersion();
        version.add(book.presets().size());
        book.presets().forEach(version::add);
        for (PresetBook.Application applied : book.applied()) {
            version.add(applied.preset());
            version.add(applied.at());
            version.add(applied.by());
        }
        return HexFormat.of().formatHex(version.digest.digest(), 0, BYTES);
    }

    private void add(WeightPreset preset) {
        add(preset.name());
        add(preset.weights().size());
        preset.weights()
                .forEach((id, weight) -> {
                    add(id);
                    add(weight);
                });
        add(preset.savedAt());
        add(preset.savedBy());
    }

    /** With its length, so that no two books are one text. */
    private void add(Object part) {
        byte[] text = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
        digest.update(text);
    }
}
