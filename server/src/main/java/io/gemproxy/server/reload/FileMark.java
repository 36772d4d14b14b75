package io.gemproxy.server.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * By what a file is known not to have changed.
 *
 * @param outside where its links lead and what the file system says of it
 * @param content digest of what is in it, or that it cannot be read
 */
record FileMark(String outside, String content) {
    private static final int MOST_BYTES = 1 << 21;
    private static final String ATTRIBUTES = "unix:ino,dev,size,lastModifiedTime,ctime";

    /** Looks at a file; reads it only if it looks other than before. */
    static FileMark of(Path file, FileMark before) {
        String outside = outside(file);
        return outside.equals(before.outside) ? before : new FileMark(outside, content(file));
    }

    /** Of a file that was never looked at. */
    static final FileMark NONE = new FileMark("never", "never");

    /** Whether what is in it is the same, however it got there. */
    boolean sameContent(FileMark other) {
        return content.equals(other.content);
    }

    private static String outside(Path file) {
        try {
            Path real = file.toRealPath();
            return real + " " + Files.readAttributes(real, ATTRIBUTES);
        } catch (IOException gone) {
            return "absent";
        }
    }

    private static String content(Path file) {
        if (!Files.isRegularFile(file)) {
            return "no file";
        }
        try (var in = Files.newInputStream(file)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readNBytes(MOST_BYTES));
            return HexFormat.of().formatHex(digest);
        } catch (IOException unreadable) {
            return "unreadable";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
