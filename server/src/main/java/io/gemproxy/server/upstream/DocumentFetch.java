package io.gemproxy.server.upstream;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Gets small public documents over https, such as the key sets of issuers. Follows no redirect,
 * sends no credential and no cookie, and never goes on longer than it was told.
 *
 * <p>Any address may be asked, private ones too: only the configuration names addresses, no request
 * does, and an issuer inside the network is the usual one. What answers must have the certificate
 * of the name that was asked for.
 */
public final class DocumentFetch implements AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(3);

    private final HttpClient http;
    private final Duration patience;

    /**
     * @param tls how certificates are judged; empty: as the JDK does
     * @param patience for a whole document, from the first step to the last byte
     */
    public DocumentFetch(Optional<SSLContext> tls, Duration patience) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(TO_CONNECT);
        tls.ifPresent(builder::sslContext);
        this.http = builder.build();
        this.patience = patience;
    }

    /**
     * The body of a 200.
     *
     * @param mostBytes the longest that may be
     * @throws IOException for any other answer, one that is longer, or none in time; its message
     *     has nothing of the answer but its status
     */
    public byte[] get(URI url, int mostBytes) throws IOException {
        if (!"https".equals(url.getScheme())) {
            throw new IOException("only https is fetched");
        }
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .timeout(patience)
                        .header("Accept", "application/json")
                        .build();
        HttpResponse<byte[]> answer =
                await(
                        http.sendAsync(
                                request,
                                BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes)));
        if (answer.statusCode() != 200) {
            throw new IOException("the answer is " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer)
            throws IOException {
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + patience.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            throw new IOException("no answer, or too long a one", failed);
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", leaving);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
