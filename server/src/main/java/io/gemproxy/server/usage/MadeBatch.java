package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.AnsweredResources;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Reads under which name Google has made a batch; what it uses is told with its results. */
final class MadeBatch implements AnswerReader {
    private static final int LARGEST = 64 * 1024;

    private final GeminiTarget target;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

    MadeBatch(GeminiTarget target) {
        this.target = target;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        answer.write(bytes, offset, Math.min(length, LARGEST - answer.size()));
    }

    @Override
    public Optional<TokenUsage> last() {
        return Optional.empty();
    }

    @Override
    public Optional<TokenUsage> largest() {
        return Optional.empty();
    }

    @Override
    public Optional<String> subject() {
        return AnsweredResources.find(answer.toByteArray(), target).stream()
                .filter(it -> it.own() && it.name().startsWith("batches/"))
                .map(AnsweredResources.Named::name)
                .findFirst();
    }
}
