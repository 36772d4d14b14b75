package io.gemproxy.server.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {
    @Test
    void onlyTheOwnerReadsWhatIsWritten(@TempDir Path directory) throws IOException {
        LocalDisk disk = new LocalDisk();
        Path first = directory.resolve("uploads.tmp");
        Path last = directory.resolve("uploads.journal");
        disk.write(first, new byte[] {1});
        disk.move(first, last);
        disk.append(last, new byte[] {2});
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(last)));
        assertEquals(2, Files.size(last));
    }
}
