package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.BatchBound;
import io.gemproxy.server.gemini.GeneratedMedia;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.ServiceTier;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Prices by model and day, as a dated list tells them. */
public final class PriceTable implements Pricing {
    /** Numbers and dates that Google adds to the names of the same model. */
    private static final Pattern VERSION =
            Pattern.compile("-(\\d{3}|preview-\\d\\d-(\\d{4}|\\d\\d))");

    /** Tokens of an answer to a request that names no most of its own. */
    private static final long USUAL_OUTPUT = 2_048;

    /** Seconds of a video whose request names no length: Google's default. */
    private static final long USUAL_SECONDS = 8;

    private static final BigDecimal SECONDS_IN_AN_HOUR = BigDecimal.valueOf(3_600);

    /** A million dollars: more than anything costs, and little enough to be added up. */
    private static final long MOST = 1_000_000_000_000_000_000L;

    private static final BigDecimal MOST_STORAGE = BigDecimal.valueOf(MOST);

    /** Read once for each answer: what a reload replaces meanwhile must not be mixed with it. */
    private volatile PricesConfig prices;

    public PriceTable(PricesConfig prices) {
        this.prices = prices;
    }

    /** The prices that hold now. */
    public PricesConfig config() {
        return prices;
    }

    /** Other prices hold for what is counted from now on. */
    public void reconfigure(PricesConfig next) {
        prices = next;
    }

    /** The table that comes with this version. */
    public static PriceTable shipped() {
        return new PriceTable(PricesConfig.shipped());
    }

    /** The day on which the prices were looked up, with a mark if the operator gave some. */
    public String version() {
        return prices.version();
    }

    @Override
    public Cost cost(Exchange exchange, TokenUsage usage) {
        PricesConfig current = prices;
        Bill bill = new Bill();
        Optional<ModelName> model = exchange.target().model();
        Optional<ModelPrice> price = price(current, exchange);
        UsageDetail detail = usage.detail();
        if (price.isPresent()) {
            ServiceTier tier = detail.tier().orElse(ServiceTier.STANDARD);
            bill.tokens(usage, price.get().rates(usage.prompt(), tier));
            bill.media(detail.media(), price.get());
        } else if (usage.sum() > 0 || !detail.media().equals(GeneratedMedia.NONE)) {
            bill.unpriced();
        }
        if (detail.searches() + detail.maps() > 0) {
            bill.grounding(detail, model.flatMap(name -> grounding(current, name)));
        }
        return new Cost(bill.picodollars(), bill.isUnpriced(), current.version());
    }

    @Override
    public Cost unknown() {
        return new Cost(0, true, prices.version());
    }

    @Override
    public Cost indexing(long tokens) {
        PricesConfig current = prices;
        OptionalLong rate = current.indexing();
        return new Cost(
                times(tokens, rate.orElse(0)), rate.isEmpty() && tokens > 0, current.version());
    }

    @Override
    public Cost storage(Optional<ModelName> model, Instant at, long tokens, Duration kept) {
        PricesConfig current = prices;
        OptionalLong hour =
                model.flatMap(name -> of(current, name, at))
                        .map(ModelPrice::storage)
                        .orElse(OptionalLong.empty());
        BigDecimal exact =
                BigDecimal.valueOf(tokens)
                        .multiply(BigDecimal.valueOf(hour.orElse(0)))
                        .multiply(BigDecimal.valueOf(Math.max(0, kept.toSeconds())))
                        .divide(SECONDS_IN_AN_HOUR, 0, RoundingMode.CEILING);
        return new Cost(
                exact.min(MOST_STORAGE).longValueExact(),
                hour.isEmpty() && tokens > 0,
                current.version());
    }

    @Override
    public Estimate estimate(
            Exchange exchange, long inputTokens, OptionalLong outputTokens, ServiceTier tier) {
        return switch (exchange.target().operation()) {
            case GENERATE, STREAM_GENERATE, INTERACTIONS, OPENAI_CHAT, OPENAI_OTHER, LIVE, OTHER ->
                    tokens(exchange, inputTokens, outputTokens.orElse(USUAL_OUTPUT), tier);
            case EMBED, OPENAI_EMBEDDINGS -> tokens(exchange, inputTokens, 0, tier);
            case PREDICT -> media(exchange);
            case BATCH_CREATE -> batch(exchange, inputTokens, BatchBound.NOTHING);
            case COUNT_TOKENS,
                    BATCHES,
                    UPLOAD_START,
                    UPLOAD_CHUNK,
                    FILES,
                    DOWNLOAD,
                    CACHED_CONTENTS,
                    OPERATIONS,
                    MODELS,
                    TUNED_MODELS,
                    FILE_SEARCH_STORES,
                    AUTH_TOKENS,
                    OAUTH_TOKEN,
                    OPENAI_MODELS,
                    OPENAI_FILES,
                    OPENAI_BATCHES ->
                    Estimate.NOTHING;
        };
    }

    @Override
    public Estimate batch(Exchange exchange, long inputTokens, BatchBound asked) {
        boolean embeds = exchange.target().path().contains("Embed");
        long output = embeds ? 0 : asked.outputTokens() + asked.unbounded() * USUAL_OUTPUT;
        Optional<ModelPrice> price = price(prices, exchange);
        if (price.isEmpty()) {
            return new Estimate(inputTokens, output, 0, 0, inputTokens + output == 0);
        }
        long each = inputTokens / Math.max(1, asked.requests());
        TokenRates rates = price.get().rates(each, ServiceTier.BATCH);
        return new Estimate(
                inputTokens,
                output,
                times(inputTokens, others(rates.input())),
                times(output, dearest(rates.output())),
                (inputTokens == 0 || rates.input().isPresent())
                        && (output == 0 || rates.output().isPresent()));
    }

    private Estimate tokens(Exchange exchange, long input, long output, ServiceTier tier) {
        Optional<ModelPrice> price = price(prices, exchange);
        if (price.isEmpty()) {
            return new Estimate(input, output, 0, 0, input + output == 0);
        }
        TokenRates asked = price.get().rates(input, tier);
        TokenRates usual = price.get().rates(input, ServiceTier.STANDARD);
        return new Estimate(
                input,
                output,
                input * Math.max(others(asked.input()), others(usual.input())),
                output * Math.max(dearest(asked.output()), dearest(usual.output())),
                (input == 0 || usual.input().isPresent())
                        && (output == 0 || usual.output().isPresent()));
    }

    /** What a file says of itself may be made to be beyond all bounds. */
    private static long times(long tokens, long rate) {
        return rate > 0 && tokens > MOST / rate ? MOST : tokens * rate;
    }

    private static long others(Optional<ModalityRates> rates) {
        return rates.map(ModalityRates::others).orElse(0L);
    }

    private static long dearest(Optional<ModalityRates> rates) {
        return rates.map(ModalityRates::dearest).orElse(0L);
    }

    /** Costs the same whether anybody sees the answer or not. */
    private Estimate media(Exchange exchange) {
        Optional<ModelPrice> price = price(prices, exchange);
        OptionalLong image = price.map(ModelPrice::image).orElse(OptionalLong.empty());
        OptionalLong second = price.map(it -> it.second("")).orElse(OptionalLong.empty());
        return new Estimate(
                0,
                0,
                image.orElse(0) + second.orElse(0) * USUAL_SECONDS,
                0,
                image.isPresent() || second.isPresent());
    }

    private static Optional<ModelPrice> price(PricesConfig current, Exchange exchange) {
        return exchange.target().model().flatMap(name -> of(current, name, exchange.startedAt()));
    }

    /**
     * What the cache saved: its tokens at the price of those read anew, less their own.
     *
     * @return picodollars; empty if the model has no price
     */
    OptionalLong saved(Exchange exchange, TokenUsage usage) {
        Optional<ModelPrice> price = price(prices, exchange);
        if (price.isEmpty()) {
            return OptionalLong.empty();
        }
        TokenUsage uncached =
                new TokenUsage(usage.prompt(), 0, 0, 0, 0, usage.prompt(), usage.detail());
        TokenUsage cached =
                new TokenUsage(
                        usage.prompt(), usage.cached(), 0, 0, 0, usage.prompt(), usage.detail());
        TokenRates rates =
                price.get()
                        .rates(usage.prompt(), usage.detail().tier().orElse(ServiceTier.STANDARD));
        return OptionalLong.of(input(uncached, rates) - input(cached, rates));
    }

    private static long input(TokenUsage usage, TokenRates rates) {
        Bill bill = new Bill();
        bill.tokens(usage, rates);
        return bill.picodollars();
    }

    /** The price of a model at a time; empty if the list does not know the model. */
    private static Optional<ModelPrice> of(PricesConfig current, ModelName model, Instant at) {
        List<ModelPrice> times = times(current, model.value());
        if (times.size() == 1 && times.getFirst().from().equals(LocalDate.MIN)) {
            return Optional.of(times.getFirst());
        }
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        Optional<ModelPrice> last = Optional.empty();
        for (ModelPrice price : times) {
            last = price.from().isAfter(day) ? last : Optional.of(price);
        }
        return last;
    }

    private static List<ModelPrice> times(PricesConfig current, String name) {
        List<ModelPrice> exact = current.models().get(current.aliases().getOrDefault(name, name));
        if (exact != null) {
            return exact;
        }
        String plain = VERSION.matcher(name).replaceFirst("");
        return current.models()
                .getOrDefault(current.aliases().getOrDefault(plain, plain), List.of());
    }

    private static Optional<GroundingPrice> grounding(PricesConfig current, ModelName model) {
        return current.grounding().entrySet().stream()
                .filter(price -> model.value().startsWith(price.getKey()))
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
    }
}
