package io.gemproxy.server.upstream;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** One request and its answer's head on a given connection. */
final class ExchangeExecutor extends HttpRequestExecutor {
    /** Context attribute that holds the {@link ExchangeProgress}. */
    static final String PROGRESS = "gemproxy.progress";

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection leased,
            @Nullable HttpResponseInformationCallback ignored,
            HttpContext context)
            throws IOException, HttpException {
        StrictConnection connection = (StrictConnection) leased;
        ExchangeProgress progress = (ExchangeProgress) context.getAttribute(PROGRESS);
        try {
            return exchange(request, connection, progress);
        } catch (IOException | HttpException | RuntimeException e) {
            connection.close(CloseMode.IMMEDIATE);
            throw e;
        }
    }

    private static ClassicHttpResponse exchange(
            ClassicHttpRequest request, StrictConnection connection, ExchangeProgress progress)
            throws IOException, HttpException {
        HttpEntity entity = request.getEntity();
        connection.begin(progress, entity != null && entity.isStreaming());
        try {
            progress.sending(connection);
            send(request, connection, progress);
            progress.awaitingHead();
            ClassicHttpResponse response = connection.receiveFinalHead();
            receiveBody(request, response, connection);
            return response;
        } catch (IOException e) {
            if (connection.reused() && !connection.sawAnswer()) {
                progress.reusedConnectionFailed();
            }
            throw e;
        }
    }

    private static void send(
            ClassicHttpRequest request, StrictConnection connection, ExchangeProgress progress)
            throws IOException, HttpException {
        try {
            connection.sendRequestHeader(request);
            if (request.getEntity() == null) {
                progress.requestAboutToBeComplete();
            } else {
                connection.sendRequestEntity(request);
            }
            connection.flush();
        } catch (EarlyAnswerException refused) {
            // the answer is kept in the connection
        } catch (RequestBodyException | MalformedAnswerException e) {
            throw e;
        } catch (IOException writeFailed) {
            if (!connection.salvageAnswer()) {
                throw writeFailed;
            }
        }
    }

    private static void receiveBody(
            ClassicHttpRequest request, ClassicHttpResponse response, StrictConnection connection)
            throws IOException, HttpException {
        if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
            connection.receiveResponseEntity(response);
        } else {
            connection.endWithoutBody(response);
        }
    }
}
