package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;

/**
 * Java's first signature with a key of P-256 makes tables of points, which takes as long as some
 * twenty signatures; each later one of the process is spared that.
 */
public final class FirstSignature {
    private FirstSignature() {}

    /**
     * Signs with the key of a file, for nobody; what is wrong with the file is told by who reads it
     * to serve with it.
     */
    public static void make(Path keyPath, SecureRandom random) {
        if (!Files.isRegularFile(keyPath)) {
            return; // what a pipe holds can be read once
        }
        try {
            PrivateKey key = PemFiles.privateKey(keyPath);
            SampleSignature.sign(key.getAlgorithm(), key, random);
        } catch (IOException | GeneralSecurityException toldElsewhere) {
            // nothing was made
        }
    }
}
