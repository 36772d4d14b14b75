package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.HeaderField;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The way to Google on Apache HttpClient's classic API with every automatic feature off: no
 * redirects, cookies, authentication, decompression or retries but our own one (ADR 0003).
 */
public final class ApacheUpstreamClient implements UpstreamClient {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration SWEEP = Duration.ofSeconds(2);
    private static final TimeValue KEEP_IDLE = TimeValue.ofSeconds(55);

    private volatile UpstreamConfig config;
    private final HttpHost origin;
    private final HttpRoute route;
    private final URI originUri;
    private final URIAuthority authority;
    private final SweptPool pool;
    private final CloseableHttpClient pooled;
    private final CloseableHttpClient fresh;
    private final Watchdog watchdog;
    private final Sweeper sweeper;

    private ApacheUpstreamClient(
            UpstreamConfig config, Supplier<SSLContext> tls, LongSupplier nanoTime) {
        this.config = config;
        this.originUri = config.baseUrl();
        this.origin = new HttpHost(scheme(originUri), originUri.getHost(), originUri.getPort());
        this.authority = new URIAuthority(originUri.getHost(), originUri.getPort());
        this.route = route(origin);
        HttpClientConnectionOperator operator = operator(new TlsUpgrade(tls));
        this.pool = new SweptPool(config.maxConnections());
        this.pooled = client(config, manager(config, operator, pool), true);
        this.fresh =
                client(
                        config,
                        manager(config, operator, new SweptPool(config.maxConnections())),
                        false);
        this.watchdog = new Watchdog(nanoTime, TICK);
        this.sweeper = new Sweeper(nanoTime.getAsLong());
        watchdog.watch(sweeper);
        watchdog.start();
    }

    /**
     * A client that trusts the platform's certificate authorities.
     *
     * @throws IllegalStateException if an operator's own trust or key store cannot be read
     */
    public static ApacheUpstreamClient create(UpstreamConfig config, LongSupplier nanoTime) {
        if (PlatformTrust.isTheOperators()) {
            return create(config, PlatformTrust.context(), nanoTime);
        }
        return new ApacheUpstreamClient(config, PlatformTrust::context, nanoTime);
    }

    /** A client with trust of the caller's own; host names are checked all the same. */
    public static ApacheUpstreamClient create(
            UpstreamConfig config, SSLContext tls, LongSupplier nanoTime) {
        return new ApacheUpstreamClient(config, () -> tls, nanoTime);
    }

    /**
     * Other deadlines hold for exchanges that begin from now on and for what those under way wait
     * for next; where Google is, how long a connection may take and how many there are stay as they
     * were at the start.
     */
    public void reconfigure(UpstreamConfig next) {
        UpstreamConfig now = config;
        config =
                new UpstreamConfig(
                        now.baseUrl(),
                        now.connectTimeout(),
                        next.firstByteTimeout(),
                        next.streamIdleTimeout(),
                        next.totalTimeout(),
                        now.maxConnections());
    }

    /** As it is in effect. */
    public UpstreamConfig config() {
        return config;
    }

    @Override
    public UpstreamCall call(UpstreamRequest request) {
        return new ApacheUpstreamCall(this, request);
    }

    @Override
    public void close() {
        watchdog.close();
        pooled.close(CloseMode.IMMEDIATE);
        fresh.close(CloseMode.IMMEDIATE);
    }

    /** Connections that carry an exchange right now. */
    int leased() {
        return pool.getTotalStats().getLeased();
    }

    /** Connections that wait for the next exchange. */
    int idle() {
        return pool.getTotalStats().getAvailable();
    }

    /** Exchanges that wait for a connection. */
    int waiting() {
        return pool.getTotalStats().getPending();
    }

    Watchdog watchdog() {
        return watchdog;
    }

    long now() {
        return watchdog.now();
    }

    String host() {
        return origin.toHostString();
    }

    ClassicHttpResponse execute(
            HttpUriRequestBase message, ExchangeProgress progress, boolean onFreshConnection)
            throws IOException {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(ExchangeExecutor.PROGRESS, progress);
        return (onFreshConnection ? fresh : pooled).executeOpen(origin, message, context);
    }

    /**
     * @throws IllegalArgumentException for what could break the request line or its fields, or
     *     would set what only this client may set
     */
    HttpUriRequestBase message(UpstreamRequest request) {
        requireSendable(request.pathAndQuery());
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), originUri);
        message.setScheme(origin.getSchemeName());
        message.setAuthority(authority);
        message.setPath(request.pathAndQuery());
        for (HeaderField field : request.headers()) {
            requireSendable(field);
            message.addHeader(field.name(), field.value());
        }
        String key = request.key().open();
        switch (request.placement()) {
            case GOOG_API_KEY -> message.addHeader("x-goog-api-key", key);
            case BEARER -> message.addHeader("Authorization", "Bearer " + key);
        }
        message.setEntity(RequestEntity.of(request.body()));
        return message;
    }

    private static void requireSendable(HeaderField field) {
        if (RequestHeaders.isOurs(field.name()) || !RequestHeaders.isWellFormed(field)) {
            throw new IllegalArgumentException("not a header field a caller may set");
        }
    }

    private static void requireSendable(String pathAndQuery) {
        boolean good = pathAndQuery.startsWith("/") && !pathAndQuery.startsWith("//");
        for (int i = 0; good && i < pathAndQuery.length(); i++) {
            good = pathAndQuery.charAt(i) > ' ' && pathAndQuery.charAt(i) < 0x7F;
        }
        if (!good) {
            throw new IllegalArgumentException("not a path a caller may ask for");
        }
    }

    private CloseableHttpClient client(
            UpstreamConfig config,
            PoolingHttpClientConnectionManager connections,
            boolean keepAlive) {
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setRequestExecutor(new ExchangeExecutor())
                .replaceExecInterceptor(ChainElement.PROTOCOL.name(), new ReleasingProtocol())
                .setRoutePlanner((target, context) -> route)
                .setConnectionReuseStrategy((request, response, context) -> keepAlive)
                .setKeepAliveStrategy((response, context) -> KEEP_IDLE)
                .setDefaultRequestConfig(requestConfig(config))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableConnectionState()
                .disableDefaultUserAgent()
                .build();
    }

    private static RequestConfig requestConfig(UpstreamConfig config) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(timeout(config.connectTimeout()))
                .setResponseTimeout(Timeout.DISABLED)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setContentCompressionEnabled(false)
                .build();
    }

    private static PoolingHttpClientConnectionManager manager(
            UpstreamConfig config, HttpClientConnectionOperator operator, SweptPool connections) {
        HttpConnectionFactory<ManagedHttpClientConnection> factory =
                socket -> StrictConnection.unbound();
        PoolingHttpClientConnectionManager manager = new SharedPool(operator, connections, factory);
        // time is kept by the watchdog: a timeout of the socket costs a timer for every read
        manager.setDefaultSocketConfig(
                SocketConfig.custom().setTcpNoDelay(true).setSoTimeout(Timeout.DISABLED).build());
        manager.setDefaultConnectionConfig(
                ConnectionConfig.custom()
                        .setConnectTimeout(timeout(config.connectTimeout().dividedBy(2)))
                        .setSocketTimeout(Timeout.DISABLED)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build());
        return manager;
    }

    private static HttpClientConnectionOperator operator(TlsSocketStrategy tls) {
        return new DefaultHttpClientConnectionOperator(
                new Sockets(),
                null,
                null,
                RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build());
    }

    private static HttpRoute route(HttpHost origin) {
        int port = DefaultSchemePortResolver.INSTANCE.resolve(origin);
        HttpHost target = new HttpHost(origin.getSchemeName(), origin.getHostName(), port);
        return new HttpRoute(target, null, origin.getSchemeName().equals("https"));
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.of(duration);
    }

    private static String scheme(URI baseUrl) {
        return baseUrl.getScheme().toLowerCase(Locale.ROOT);
    }

    /** Opens the protected constructor that takes a pool. */
    private static final class SharedPool extends PoolingHttpClientConnectionManager {
        SharedPool(
                HttpClientConnectionOperator operator,
                SweptPool pool,
                HttpConnectionFactory<ManagedHttpClientConnection> factory) {
            super(operator, pool, factory);
        }
    }

    /** Sweeps the idle connections every other second, off the watchdog's thread. */
    private final class Sweeper implements Watchdog.Watched {
        private long last;

        Sweeper(long now) {
            last = now;
        }

        @Override
        public void tick(long now) {
            if (now - last > SWEEP.toNanos()) {
                last = now;
                Thread.startVirtualThread(pool::sweep);
            }
        }
    }
}
