package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes a stream of LangChain4j, and can be waited for. */
final class Tokens implements StreamingChatResponseHandler {
    private final Runnable confirm;
    private final AtomicInteger count = new AtomicInteger();
    private final CompletableFuture<Object> end = new CompletableFuture<>();

    /**
     * @param confirm runs for each piece of text that arrives
     */
    Tokens(Runnable confirm) {
        this.confirm = confirm;
    }

    @Override
    public void onPartialResponse(String text) {
        count.incrementAndGet();
        confirm.run();
    }

    @Override
    public void onCompleteResponse(ChatResponse whole) {
        end.complete(whole);
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(failure);
    }

    /** How many pieces came. */
    int count() {
        return count.get();
    }

    /** The whole answer; fails if the stream failed. */
    ChatResponse end() throws Exception {
        return assertInstanceOf(ChatResponse.class, end.get(60, TimeUnit.SECONDS));
    }

    /** The failure of the stream; fails if it ended well. */
    Throwable failure() throws Exception {
        return assertInstanceOf(Throwable.class, end.get(60, TimeUnit.SECONDS));
    }
}
