package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** The way to a directory: whom to trust there, and how patiently to be told of a new nonce. */
final class DirectoryAccess extends GenericAcmeProvider {
    private final Optional<Path> trusted;

    /**
     * @param trusted certificates of a private authority, instead of those Java trusts
     */
    DirectoryAccess(Optional<Path> trusted) {
        this.trusted = trusted;
    }

    @Override
    public boolean accepts(URI directory) {
        return "https".equals(directory.getScheme()) || "http".equals(directory.getScheme());
    }

    @Override
    public Connection connect(URI server, NetworkSettings settings, HttpClient client) {
        return new PatientConnection(createHttpConnector(settings, client));
    }

    /** What is followed elsewhere would no longer be the directory that the operator named. */
    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.getTimeout())
                        .proxy(settings.getProxySelector());
        trusted.ifPresent(file -> builder.sslContext(trusting(file)));
        return builder.build();
    }

    private static SSLContext trusting(Path file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate one : PemFiles.certificates(file)) {
                store.setCertificateEntry(one.getSerialNumber() + "-" + store.size(), one);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java speaks no TLS", impossible);
        }
    }
}
