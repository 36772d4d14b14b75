package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.PemFiles;
import io.gemproxy.server.listener.certificates.acme.Authority.Issued;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Certificate and key on disk. They are two files, which no system replaces in one step: both lie
 * in one file of {@code storage} until both are in place, so that after a crash in between the next
 * start ends what was begun.
 */
public final class CertificateFiles {
    private static final System.Logger LOG = System.getLogger(CertificateFiles.class.getName());

    private final Path certificate;
    private final Path key;
    private final Path pending;

    /**
     * @param certificate the chain's place, readable by everybody
     * @param key its key's, readable by its owner
     * @param storage holds both in between
     */
    public CertificateFiles(Path certificate, Path key, Path storage) {
        this.certificate = certificate;
        this.key = key;
        pending = storage.resolve("pending.pem");
    }

    /** Ends what a crash has interrupted; to be called before anybody reads the files. */
    public void recover() throws IOException {
        if (Files.exists(pending)) {
            place(PemFiles.certificates(pending), PemFiles.privateKey(pending));
            LOG.log(
                    System.Logger.Level.INFO,
                    "the certificate that was being stored when the server died is in place: "
                            + certificate);
        }
    }

    /**
     * Whether an issued certificate could be stored, asked before one is ordered: an authority
     * gives only so many. What an earlier attempt could not place is placed first.
     *
     * @throws IOException that names what is in the way
     */
    void mustBeWritable() throws IOException {
        recover();
        for (Path file : List.of(key, certificate)) {
            Path directory = PrivateFile.parent(file);
            PrivateFile.directory(directory);
            if (!Files.isWritable(directory)) {
                throw new AccessDeniedException(
                        directory.toString(), null, "this user may not write there");
            }
        }
    }

    void store(Issued issued) throws IOException {
        PrivateFile.directory(PrivateFile.parent(pending));
        PrivateFile.replace(
                pending, Pem.key(issued.key()) + Pem.chain(issued.chain()), PrivateFile.OWNER);
        place(issued.chain(), issued.key());
    }

    private void place(List<X509Certificate> chain, PrivateKey privateKey) throws IOException {
        PrivateFile.directory(PrivateFile.parent(key));
        PrivateFile.directory(PrivateFile.parent(certificate));
        PrivateFile.replace(key, Pem.key(privateKey), PrivateFile.OWNER);
        PrivateFile.replace(certificate, Pem.chain(chain), PrivateFile.EVERYBODY_READS);
        Files.deleteIfExists(pending);
    }

    /** The leaf that lies there; empty if none can be read. */
    Optional<X509Certificate> leaf() {
        try {
            return Files.exists(key)
                    ? Optional.of(PemFiles.certificates(certificate).getFirst())
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
