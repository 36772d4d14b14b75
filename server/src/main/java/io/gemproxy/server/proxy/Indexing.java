package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.FileContent;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import io.gemproxy.server.usage.Pricing;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is embedded for file search. Google bills it once, when a document comes in, and no answer
 * says how much it was, so it is guessed from the document's length.
 */
final class Indexing {
    private static final String UPLOAD = ":uploadToFileSearchStore";
    private static final String IMPORT = ":importFile";

    /** Of what is mostly no text: PDF, office documents, pictures. */
    private static final long BYTES_PER_TOKEN_OF_OTHERS = 8;

    private static final List<String> OTHERS =
            List.of(
                    "application/pdf",
                    "application/msword",
                    "application/vnd.",
                    "application/zip",
                    "application/epub",
                    "image/",
                    "audio/",
                    "video/");

    private final Pricing pricing;
    private final NamedFiles files;

    Indexing(Pricing pricing, NamedFiles files) {
        this.pricing = pricing;
        this.files = files;
    }

    /** Whether the request, or the upload it is a part of, brings documents into a store. */
    static boolean isAsked(Incoming incoming) {
        return isImport(incoming) || isUpload(incoming);
    }

    /** Whether the body names what is to be embedded. */
    static boolean names(Exchange exchange) {
        return exchange.method().equals("POST") && exchange.target().path().endsWith(IMPORT);
    }

    private static boolean isImport(Incoming incoming) {
        return incoming.upload().isEmpty() && names(incoming.exchange());
    }

    private static boolean isUpload(Incoming incoming) {
        return sends(incoming) && incoming.path().endsWith(UPLOAD);
    }

    private static boolean sends(Incoming incoming) {
        String method = incoming.exchange().method();
        return method.equals("POST") || method.equals("PUT");
    }

    /** Whether it says what is to come, and nothing of it comes yet. */
    static boolean isAnnounced(Incoming incoming) {
        return isUpload(incoming)
                && incoming.upload().isEmpty()
                && UploadCommand.of(incoming.head()).begins();
    }

    /**
     * What the documents may cost that are announced, named, or whose last piece this is.
     *
     * @param body of the request, in bytes, as far as that is known yet
     */
    Estimate estimate(Incoming incoming, long body) {
        if (isImport(incoming)) {
            return files.all(incoming).values().stream()
                    .flatMap(Optional::stream)
                    .map(this::estimate)
                    .reduce(Estimate.NOTHING, Estimate::plus);
        }
        UploadCommand command = UploadCommand.of(incoming.head());
        if (isAnnounced(incoming)) {
            return estimate(FileContent.of(command.length(), command.type()));
        }
        return isLast(incoming, command)
                ? estimate(uploaded(incoming, command, body))
                : Estimate.NOTHING;
    }

    private Estimate estimate(FileContent document) {
        Cost cost = pricing.indexing(tokens(document));
        return new Estimate(tokens(document), 0, cost.picodollars(), 0, !cost.unpriced());
    }

    /** An upload in one request; or the piece that ends one and was not taken before. */
    private static boolean isLast(Incoming incoming, UploadCommand command) {
        return incoming.upload()
                .map(running -> !running.over() && command.finalizes())
                .orElse(true);
    }

    private static FileContent uploaded(Incoming incoming, UploadCommand command, long body) {
        return incoming.upload()
                .map(running ->
                        FileContent.of(
                                Math.max(0, command.offset()) + body, running.session().type()))
                .orElseGet(() -> FileContent.of(body, command.type()));
    }

    /** Notes what was embedded, after a good answer. */
    void settle(Incoming incoming, List<HeaderField> answer, Progress progress) {
        if (isImport(incoming)) {
            imported(files.in(incoming), progress);
        } else if (!isAnnounced(incoming)) {
            UploadCommand command = UploadCommand.of(incoming.head());
            if (isLast(incoming, command) || (Uploads.isFinal(answer) && !isOver(incoming))) {
                counted(tokens(uploaded(incoming, command, incoming.body().bytesRead())), progress);
            }
        }
    }

    private static boolean isOver(Incoming incoming) {
        return incoming.upload().map(Uploads.Running::over).orElse(false);
    }

    private void imported(Map<String, Optional<FileContent>> named, Progress progress) {
        long tokens =
                named.values().stream().flatMap(Optional::stream).mapToLong(Indexing::tokens).sum();
        boolean known = !named.isEmpty() && named.values().stream().allMatch(Optional::isPresent);
        if (known) {
            counted(tokens, progress);
        } else {
            progress.cost(pricing.unknown());
        }
    }

    private void counted(long tokens, Progress progress) {
        progress.tokens(
                new TokenUsage(
                        tokens, 0, 0, 0, 0, tokens, UsageDetail.NONE.with(Counting.ESTIMATED)));
        progress.cost(pricing.indexing(tokens));
    }

    private static long tokens(FileContent document) {
        String type = document.type().toLowerCase(Locale.ROOT);
        return OTHERS.stream().anyMatch(type::startsWith)
                ? Math.ceilDiv(document.bytes(), BYTES_PER_TOKEN_OF_OTHERS)
                : document.textTokens();
    }
}
