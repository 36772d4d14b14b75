package io.gemproxy.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the upstream that trusts nothing: strict heads and bodies, no reuse unless the
 * last exchange was complete to the byte, and an eye on early answers while a body goes up.
 */
final class StrictConnection extends DefaultBHttpClientConnection
        implements ManagedHttpClientConnection {
    static final Http1Config HTTP1 =
            Http1Config.custom()
                    .setBufferSize(16 * 1024)
                    .setMaxLineLength(64 * 1024)
                    .setMaxHeaderCount(500)
                    .build();

    private static final int MAX_INTERIM_ANSWERS = 16;
    private static final Timeout PROBE = Timeout.ofMilliseconds(1);

    private final ResponseHeadParser parser;
    private final ReentrantLock input = new ReentrantLock();
    private volatile boolean closed;
    private volatile boolean whole = true;
    private volatile ExchangeProgress progress = ExchangeProgress.UNWATCHED;
    private volatile @Nullable ClassicHttpResponse early;
    private AnswerFraming framing = AnswerFraming.EMPTY;
    private int interim;
    private int exchanges;
    private boolean headTaken;

    private StrictConnection(ResponseHeadParser parser) {
        super(
                HTTP1,
                null,
                null,
                message -> parser.framing().length(),
                null,
                null,
                RequestHeadWriter::new,
                config -> parser);
        this.parser = parser;
    }

    static StrictConnection unbound() {
        return new StrictConnection(new ResponseHeadParser());
    }

    /**
     * Starts an exchange.
     *
     * @param thorough spend a millisecond to learn whether the peer has closed a reused connection
     * @throws StaleConnectionException when nothing was sent and nothing can be on this connection
     */
    void begin(ExchangeProgress watcher, boolean thorough) throws IOException {
        if (reused() && !isReusable(thorough)) {
            throw new StaleConnectionException();
        }
        input.lock();
        try {
            parser.begin();
            exchanges++;
            interim = 0;
            early = null;
            headTaken = false;
            whole = false;
            progress = watcher;
        } finally {
            input.unlock();
        }
    }

    private boolean isReusable(boolean thorough) {
        try {
            boolean suspicious = !isConsistent() || thorough || rawAvailable() > 0;
            return !suspicious || isQuiet();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether this connection has carried an exchange before the one begun last. */
    boolean reused() {
        return exchanges > (whole ? 0 : 1);
    }

    /** Whether the exchange begun last is complete, to the last byte of its answer. */
    boolean isWhole() {
        return whole;
    }

    /** Whether any byte of the answer to the exchange begun last has been read. */
    boolean sawAnswer() {
        return parser.sawByte();
    }

    /** The final answer's head; interim answers are consumed, at most sixteen. */
    ClassicHttpResponse receiveFinalHead() throws IOException, HttpException {
        input.lock();
        try {
            ClassicHttpResponse head = early;
            while (head == null) {
                head = nextHead();
            }
            headTaken = true;
            progress.headArrived();
            return head;
        } finally {
            input.unlock();
        }
    }

    /** Marks an answer to which no body belongs as complete. */
    void endWithoutBody(ClassicHttpResponse response) {
        framing = framing.withoutBody(response.getCode());
        whole = early == null;
    }

    /** Reads what has arrived during an upload; true when it is a refusal. Never waits for more. */
    boolean refusedEarly() throws IOException {
        input.lock();
        try {
            while (early == null && !headTaken && inputPending()) {
                early = nextHead();
            }
        } catch (HttpException e) {
            throw new MalformedAnswerException("unreadable early answer");
        } finally {
            input.unlock();
        }
        ClassicHttpResponse answer = early;
        return answer != null && answer.getCode() >= 300;
    }

    /** After a failed write: whether the upstream had answered before it closed. */
    boolean salvageAnswer() {
        input.lock();
        try {
            while (early == null) {
                early = nextHead();
            }
            return true;
        } catch (IOException | HttpException nothingThere) {
            return false;
        } finally {
            input.unlock();
        }
    }

    /** Frees a writer that blocks although the upstream has refused; called by any thread. */
    void freeRefusedWriter() {
        try {
            SocketHolder holder = getSocketHolder();
            if (holder != null && !input.isLocked() && refusedEarly()) {
                holder.getBaseSocket().shutdownOutput();
            }
        } catch (IOException e) {
            close(CloseMode.IMMEDIATE);
        }
    }

    /** Whether input waits at the socket; cheap, and blind to a plain FIN. */
    int rawAvailable() throws IOException {
        SocketHolder holder = getSocketHolder();
        return holder == null ? 0 : holder.getBaseSocket().getInputStream().available();
    }

    void writing(boolean now) {
        progress.writing(now);
    }

    void requestAboutToBeComplete() {
        progress.requestAboutToBeComplete();
    }

    private @Nullable ClassicHttpResponse nextHead() throws IOException, HttpException {
        ClassicHttpResponse head = receiveResponseHeader();
        if (head.getCode() >= 200) {
            framing = parser.framing();
            return head;
        }
        if (head.getCode() == 101) {
            throw new MalformedAnswerException("switched protocols unasked");
        }
        if (head.containsHeader("Content-Length") || head.containsHeader("Transfer-Encoding")) {
            throw new MalformedAnswerException("interim answer with a body");
        }
        if (++interim > MAX_INTERIM_ANSWERS) {
            throw new MalformedAnswerException("too many interim answers");
        }
        return null;
    }

    private boolean inputPending() throws IOException {
        return parser.buffered() > 0 || (rawAvailable() > 0 && isDataAvailable(PROBE));
    }

    /** Open, and nothing to read: neither stray bytes nor an end. */
    private boolean isQuiet() throws IOException {
        return isConsistent() && !isStale() && !isDataAvailable(PROBE);
    }

    @Override
    public void receiveResponseEntity(ClassicHttpResponse response)
            throws IOException, HttpException {
        framing.requireDelimited();
        super.receiveResponseEntity(response);
    }

    @Override
    protected InputStream createContentInputStream(
            long length, SessionInputBuffer buffer, InputStream socket) {
        if (length == ContentLengthStrategy.CHUNKED) {
            return new ChunkedBody(buffer, socket, this::bodyEnded);
        }
        if (length == ContentLengthStrategy.UNDEFINED) {
            return new UntilCloseBody(buffer, socket, this::bodyEnded);
        }
        if (length == 0) {
            bodyEnded();
        }
        return new LengthBody(buffer, socket, length, this::bodyEnded);
    }

    private void bodyEnded() {
        whole = early == null;
    }

    @Override
    protected OutputStream createContentOutputStream(
            long length,
            SessionOutputBuffer buffer,
            OutputStream socket,
            Supplier<List<? extends Header>> trailers) {
        return new UploadStream(
                super.createContentOutputStream(length, buffer, socket, trailers), this);
    }

    @Override
    public boolean isConsistent() {
        return whole && framing.persistent() && parser.buffered() == 0;
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bindUnlessClosed(new SocketHolder(socket));
    }

    @Override
    public void bind(SSLSocket tls, Socket socket) throws IOException {
        bindUnlessClosed(new SocketHolder(tls, socket));
    }

    private void bindUnlessClosed(SocketHolder holder) throws IOException {
        super.bind(holder);
        if (closed) {
            super.close(CloseMode.IMMEDIATE);
            throw new IOException("closed while connecting");
        }
    }

    @Override
    public @Nullable Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    public @Nullable SSLSession getSSLSession() {
        return getSocket() instanceof SSLSocket tls ? tls.getSession() : null;
    }

    @Override
    public void close() {
        close(CloseMode.GRACEFUL);
    }

    /** A broken exchange is cut; only a finished one gets its farewell. */
    @Override
    public void close(CloseMode mode) {
        closed = true;
        super.close(whole ? mode : CloseMode.IMMEDIATE);
    }

    /** Time is kept by the watchdog: a socket timeout costs a timer per read. */
    @Override
    public void setSocketTimeout(Timeout timeout) {}

    @Override
    public void passivate() {
        progress = ExchangeProgress.UNWATCHED;
    }

    @Override
    public void activate() {}
}
