package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.FieldMask;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.RequestedTier;
import io.gemproxy.server.gemini.RequestedVideo;
import io.gemproxy.server.gemini.ServiceTier;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import io.gemproxy.server.usage.AnswerWatch;
import io.gemproxy.server.usage.BatchReceipts;
import io.gemproxy.server.usage.Pricing;
import io.gemproxy.server.usage.UsageTap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Step 8: what an answer used and what that cost, once its last byte has passed. */
final class Accounting {
    /** Where Google says how it served a request, which may differ from what was asked for. */
    private static final String TIER_HEADER = "x-gemini-service-tier";

    private static final String MASK_HEADER = "x-goog-fieldmask";

    /** Only parts of things have it. */
    private static final String RANGE_HEADER = "content-range";

    /** Google bills answers to these by the token, so none of them is free for want of counts. */
    private static final Set<Operation> BILLED =
            EnumSet.of(
                    Operation.GENERATE,
                    Operation.STREAM_GENERATE,
                    Operation.EMBED,
                    Operation.OPENAI_CHAT,
                    Operation.OPENAI_EMBEDDINGS);

    /** So many bytes of a body are taken for a token. */
    private static final long BYTES_PER_TOKEN = 4;

    /** No model reads or writes more tokens at once. */
    private static final long MOST = 1L << 20;

    private final Pricing pricing;
    private final BatchReceipts receipts;
    private final FileBatches batches;
    private final Indexing indexing;
    private final Supplier<Optional<AnswerWatch>> watches;

    /**
     * @param receipts what was counted of batches
     * @param files what is known of the files that requests name
     * @param watches gives one for each answer, if anybody is told what it notes
     */
    Accounting(
            Pricing pricing,
            BatchReceipts receipts,
            NamedFiles files,
            Supplier<Optional<AnswerWatch>> watches) {
        this.pricing = pricing;
        this.receipts = receipts;
        this.batches = new FileBatches(pricing, files);
        this.indexing = new Indexing(pricing, files);
        this.watches = watches;
    }

    /** Listens to an answer with that content coding, together with another reader. */
    UsageTap tap(Exchange exchange, String contentEncoding, UsageTap.Plain also) {
        return UsageTap.of(exchange, pricing, contentEncoding, also, watches.get());
    }

    /**
     * Notes the counts and their cost.
     *
     * @param whole whether the answer came to its end
     * @param head the fields of the answer
     */
    void settle(
            UsageTap tap,
            boolean whole,
            List<HeaderField> head,
            Conversation conversation,
            Progress progress) {
        Optional<TokenUsage> stated = whole ? tap.finish() : tap.abort();
        progress.noted(tap.trace());
        if (progress.exchange().target().model().isEmpty()) {
            progress.model(tap.model());
        }
        if (stated.isPresent() && tap.cost().isPresent()) {
            boolean all = whole && header(head, RANGE_HEADER).isEmpty();
            TokenUsage read = all ? stated.get() : part(stated.get());
            once(tap.subject(), read, tap.cost().get(), all, progress);
        } else if (FileBatches.isMade(progress.exchange())) {
            made(tap, conversation.incoming(), progress);
        } else if (!tap.results().isEmpty()) {
            progress.batchResults(places(tap.results()));
        } else if (tap.givenUp()) {
            progress.exchange().target().resource().ifPresent(progress::batchOver);
        } else if (Indexing.isAsked(conversation.incoming())) {
            if (progress.isAnsweredWell()) {
                indexing.settle(conversation.incoming(), head, progress);
            }
        } else {
            answer(stated, whole, tap.bytes(), head, conversation.forwarded(), progress);
        }
    }

    /** What a batch uses is told with its results; of some nobody could say what they may use. */
    private void made(UsageTap tap, Incoming incoming, Progress progress) {
        if (progress.isAnsweredWell()) {
            tap.subject().ifPresent(progress::madeBatch);
            if (batches.isUnforeseen(incoming)) {
                progress.cost(pricing.unknown());
            }
        }
    }

    /** Of results that were read before anybody looked at their batch nothing is to come. */
    private Map<String, Optional<String>> places(Map<String, String> results) {
        Map<String, Optional<String>> places = new LinkedHashMap<>();
        results.forEach((batch, file) ->
                places.put(batch, Optional.of(file).filter(it -> !receipts.knows(it))));
        return places;
    }

    /**
     * Results of a batch, and how long a cache is kept, are told again; they are billed once. What
     * was charged for a batch before is given back for all of its results, not for a part of them.
     */
    private void once(
            Optional<String> subject, TokenUsage usage, Cost cost, boolean all, Progress progress) {
        Optional<String> told = subject.or(() -> progress.exchange().target().resource());
        told.filter(_ -> all).ifPresent(progress::batchOver);
        told.flatMap(name -> receipts.fresh(name, usage, cost))
                .ifPresent(fresh -> {
                    if (fresh.usage().sum() > 0) {
                        progress.tokens(fresh.usage());
                    }
                    progress.cost(fresh.cost());
                });
    }

    private static TokenUsage part(TokenUsage usage) {
        return usage.with(usage.detail().with(Counting.LOWER_BOUND));
    }

    private void answer(
            Optional<TokenUsage> stated,
            boolean whole,
            long answered,
            List<HeaderField> head,
            ForwardedRequest request,
            Progress progress) {
        Optional<TokenUsage> counted =
                stated.isEmpty() || hidesCounts(request)
                        ? guessed(stated, answered, request, progress)
                        : stated;
        if (counted.isPresent()) {
            TokenUsage usage = counted.get().with(detail(counted.get(), whole, head, request));
            progress.tokens(usage);
            progress.cost(pricing.cost(progress.exchange(), usage));
        }
    }

    private static Optional<TokenUsage> guessed(
            Optional<TokenUsage> stated,
            long answered,
            ForwardedRequest request,
            Progress progress) {
        if (!progress.isAnsweredWell()) {
            return stated;
        }
        if (isVideo(request)) {
            return Optional.of(
                    TokenUsage.NOTHING.with(
                            TokenUsage.NOTHING
                                    .detail()
                                    .with(RequestedVideo.find(request.body().prefix()))
                                    .with(Counting.ESTIMATED)));
        }
        return isBilled(request) ? Optional.of(estimated(stated, answered, request)) : stated;
    }

    private static boolean isVideo(ForwardedRequest request) {
        return request.operation() == Operation.PREDICT
                && request.pathAndQuery().contains(":predictLongRunning");
    }

    private static boolean isBilled(ForwardedRequest request) {
        boolean made = request.method().equals("POST");
        return made
                && (BILLED.contains(request.operation())
                        || (request.operation() == Operation.INTERACTIONS
                                && request.pathAndQuery()
                                        .split("[?]", 2)[0]
                                        .endsWith("/interactions")));
    }

    private static UsageDetail detail(
            TokenUsage usage, boolean whole, List<HeaderField> head, ForwardedRequest request) {
        UsageDetail detail = usage.detail();
        Optional<ServiceTier> tier =
                header(head, TIER_HEADER)
                        .flatMap(ServiceTier::of)
                        .or(detail::tier)
                        .or(() -> RequestedTier.find(request.body().prefix()));
        boolean stated = detail.counting() == Counting.STATED;
        return detail.with(tier).with(stated && !whole ? Counting.LOWER_BOUND : detail.counting());
    }

    /** A field mask can leave the counts out of the answer, or some of them. */
    private static boolean hidesCounts(ForwardedRequest request) {
        int query = request.pathAndQuery().indexOf('?');
        return (query >= 0
                        && QueryString.of(request.pathAndQuery().substring(query + 1))
                                .fieldMasks()
                                .anyMatch(mask -> !FieldMask.showsUsage(mask)))
                || header(request.headers(), MASK_HEADER)
                        .filter(mask -> !FieldMask.showsUsage(mask))
                        .isPresent();
    }

    /** By the size of the bodies, never less than what was stated; thoughts leave no trace. */
    private static TokenUsage estimated(
            Optional<TokenUsage> stated, long answered, ForwardedRequest request) {
        TokenUsage known = stated.orElse(TokenUsage.NOTHING);
        long read = Math.max(known.prompt(), tokens(request.body().bytesRead()));
        long written = embeds(request) ? 0 : Math.max(known.candidates(), tokens(answered));
        long sum = read + written + known.thoughts() + known.toolUse();
        return new TokenUsage(
                read,
                known.cached(),
                written,
                known.thoughts(),
                known.toolUse(),
                sum,
                known.detail().with(Counting.ESTIMATED));
    }

    private static boolean embeds(ForwardedRequest request) {
        return request.operation() == Operation.EMBED
                || request.operation() == Operation.OPENAI_EMBEDDINGS;
    }

    private static long tokens(long bytes) {
        return Math.min(MOST, (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN);
    }

    private static Optional<String> header(List<HeaderField> fields, String name) {
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }
}
