package io.gemproxy.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.AttemptOutcome.ClientFault;
import io.gemproxy.server.exchange.AttemptOutcome.EgressRefused;
import io.gemproxy.server.exchange.AttemptOutcome.KeyRefused;
import io.gemproxy.server.exchange.AttemptOutcome.ModelWithheld;
import io.gemproxy.server.exchange.AttemptOutcome.Overloaded;
import io.gemproxy.server.exchange.AttemptOutcome.ProjectRefused;
import io.gemproxy.server.exchange.AttemptOutcome.QuotaExceeded;
import io.gemproxy.server.exchange.AttemptOutcome.ResourceUnknown;
import io.gemproxy.server.exchange.AttemptOutcome.ServerFault;
import io.gemproxy.server.exchange.AttemptOutcome.Succeeded;
import io.gemproxy.server.exchange.EgressFault;
import io.gemproxy.server.exchange.ExhaustedQuota;
import io.gemproxy.server.exchange.KeyFault;
import io.gemproxy.server.exchange.LearntProject;
import io.gemproxy.server.exchange.ProjectFault;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.exchange.QuotaTier;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeClassifierTest {
    @ParameterizedTest
    @EnumSource(
            value = KeyFault.class,
            names = {"API_KEY_.*", "CONSUMER_.*"},
            mode = EnumSource.Mode.MATCH_ANY)
    void aReasonOfErrorInfoBlamesTheKey(KeyFault fault) {
        if (fault == KeyFault.API_KEY_LEAKED) {
            assertEquals(new ClientFault(403), of(403, "no", reason(fault.name())));
        } else {
            assertEquals(new KeyRefused(fault), of(403, "no", reason(fault.name())));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400,API key not valid. Please pass a valid API key.,API_KEY_INVALID",
        "400,API Key not found. Please pass a valid API key.,API_KEY_INVALID",
        "400,API key expired. Please renew the API key.,API_KEY_EXPIRED",
        "403,Your API key was reported as leaked. Please use another API key.,API_KEY_LEAKED",
        "403,Permission denied: Consumer 'api_key:x' has been suspended.,CONSUMER_SUSPENDED",
        "403,Requests from referer <empty> are blocked.,API_KEY_HTTP_REFERRER_BLOCKED",
        "403,Requests to this API x method y are blocked.,API_KEY_SERVICE_BLOCKED",
        "401,API keys are not supported by this API.,API_KEYS_NOT_SUPPORTED",
        "401,Request had invalid authentication credentials.,UNAUTHENTICATED"
    })
    void aMessageBlamesTheKey(int status, String message, KeyFault fault) {
        assertEquals(new KeyRefused(fault), of(status, message, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "403,SERVICE_DISABLED,SERVICE_DISABLED",
        "403,BILLING_DISABLED,BILLING_DISABLED",
        "402,'',PREPAID_CREDITS_DEPLETED"
    })
    void aReasonBlamesTheProject(int status, String reason, ProjectFault fault) {
        assertEquals(new ProjectRefused(fault), of(status, "no", reason(reason)));
    }

    @ParameterizedTest
    @CsvSource({
        "403,Your project has been denied access. Contact support.,PROJECT_DENIED",
        "403,Generative Language API has not been used in project 1 before,SERVICE_DISABLED",
        "403,Permission denied: Consumer 'projects/1' has been suspended.,CONSUMER_SUSPENDED",
        "429,Your prepayment credits are depleted. Please go,PREPAID_CREDITS_DEPLETED",
        "429,Your project has exceeded its monthly spending cap. Please,MONTHLY_CAP"
    })
    void aMessageBlamesTheProject(int status, String message, ProjectFault fault) {
        assertEquals(new ProjectRefused(fault), of(status, message, ""));
    }

    @Test
    void theMessageTellsAnExpiredKeyFromAnInvalidOne() {
        assertEquals(
                new KeyRefused(KeyFault.API_KEY_EXPIRED),
                of(400, "API key expired. Please renew the API key.", reason("API_KEY_INVALID")));
    }

    @Test
    void aKeyOfTheWrongTypeIsNotJustUnauthenticated() {
        assertEquals(
                new KeyRefused(KeyFault.ACCESS_TOKEN_TYPE_UNSUPPORTED),
                of(401, "no", reason("ACCESS_TOKEN_TYPE_UNSUPPORTED")));
    }

    @Test
    void nobodyIsBlamedForTheClient() {
        assertEquals(new ClientFault(400), of(400, "bad: API key not valid", ""));
        assertEquals(new ClientFault(400), of(400, "no such field: GenerateRequestsPerDay", ""));
        assertEquals(new ClientFault(404), of(404, "models/x is not found for API", ""));
        assertEquals(new ClientFault(499), of(499, "The operation was cancelled.", ""));
        assertEquals(new ClientFault(401), asked(401, "", Operation.FILES));
        assertEquals(
                new Succeeded(),
                OutcomeClassifier.classify(200, new byte[0], "", Operation.GENERATE));
    }

    @Test
    void anErrorInsideAGoodAnswerIsJudgedByWhatItSaysOfItself() {
        assertEquals(new Overloaded(Optional.empty()), inBand("{\"code\":503}"));
        assertEquals(new Overloaded(Optional.empty()), inBand("{\"code\":14}"));
        assertEquals(new Overloaded(Optional.empty()), inBand("{\"status\":\"UNAVAILABLE\"}"));
        assertEquals(
                QuotaExceeded.of(QuotaKind.OTHER_PER_DAY, Optional.empty()),
                inBand("{\"code\":\"quota_exceeded\"}"));
        assertEquals(
                new KeyRefused(KeyFault.API_KEY_LEAKED),
                inBand("{\"code\":403,\"message\":\"Your API key was reported as leaked.\"}"));
        assertEquals(new ClientFault(400), inBand("{\"code\":\"invalid_request\"}"));
        assertEquals(new ServerFault(500), inBand("{\"code\":200}"));
        assertEquals(new ServerFault(500), inBand("\"text\""));
    }

    private static AttemptOutcome inBand(String error) {
        return OutcomeClassifier.classifyInBand(
                ("{\"error\":" + error + "}").getBytes(StandardCharsets.UTF_8),
                Operation.STREAM_GENERATE);
    }

    @Test
    void anUnknownResourceIsNotAFaultOfTheKey() {
        assertEquals(
                new ResourceUnknown(403),
                of(403, "You do not have permission to access the File x or it may not", ""));
        assertEquals(
                new ResourceUnknown(403),
                of(403, "CachedContent not found (or permission denied)", ""));
        assertEquals(new ResourceUnknown(404), of(404, "Requested entity was not found.", ""));
        assertEquals(new ResourceUnknown(404), asked(404, "\"not_found\"", Operation.INTERACTIONS));
        assertEquals(
                new ClientFault(404), asked(404, "\"model_not_found\"", Operation.INTERACTIONS));
    }

    @Test
    void aModelWithheldFromAProjectIsNotAnUnknownModel() {
        assertEquals(
                new ModelWithheld(),
                of(404, "This model models/x is no longer available to new users.", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "GenerateRequestsPerMinutePerProjectPerModel-FreeTier,5,REQUESTS_PER_MINUTE,FREE",
        "GenerateRequestsPerDayPerProjectPerModel,20,REQUESTS_PER_DAY,UNKNOWN",
        "GenerateContentInputTokensPerModelPerDay-FreeTier,9,INPUT_TOKENS_PER_DAY,FREE",
        "GenerateContentPaidTierInputTokensPerModelPerMinute-PaidTier2,3000000,INPUT_TOKENS_PER_MINUTE,PAID",
        "GenerateImagesPerMinutePerProjectPerModel,2,OTHER_PER_MINUTE,UNKNOWN",
        "GenerateImagesPerDayPerProjectPerModel,2,OTHER_PER_DAY,UNKNOWN",
        "GenerateRequestsPerDayPerProjectPerModel-FreeTier,0,NONE,FREE",
        "SpendPerTenMinutesPerProject,10,SPEND_PER_10_MINUTES,UNKNOWN",
        "SearchGroundingRequestsPerDayPerProject,0,UNKNOWN,UNKNOWN",
        "SomethingPerDayPerProject,7,UNKNOWN,UNKNOWN",
        "SomethingElse,7,UNKNOWN,UNKNOWN"
    })
    void aQuotaIsJudgedByItsId(String id, long limit, QuotaKind kind, QuotaTier tier) {
        ExhaustedQuota quota = exceeded(of(429, "m", violation(id, limit))).quotas().getFirst();
        assertEquals(kind, quota.kind());
        assertEquals(OptionalLong.of(limit), quota.limit());
        assertEquals(tier, quota.tier());
        assertEquals(Optional.of(new ModelName("gemini-b")), quota.model());
        assertEquals(id, quota.id());
    }

    @Test
    void withoutDetailsTheMessageSaysTheQuota() {
        QuotaExceeded exceeded =
                exceeded(
                        of(
                                429,
                                "* Quota exceeded for metric: a/generate_requests_per_model_per_day,"
                                        + " limit: 250, model: gemini-b\\nPlease retry in 51.5s.",
                                ""));
        assertEquals(QuotaKind.REQUESTS_PER_DAY, exceeded.kind());
        assertEquals(OptionalLong.of(250), exceeded.quotas().getFirst().limit());
        assertEquals(Optional.of(Duration.ofMillis(51_500)), exceeded.retryAfter());
        assertEquals(QuotaKind.UNKNOWN, exceeded(of(429, "Resource has been", "")).kind());
        assertEquals(QuotaKind.NONE, exceeded(of(429, "limit: 0, model: x", "")).kind());
        assertEquals(QuotaKind.UNKNOWN, exceeded(of(429, "limit: 0.5", "")).kind());
    }

    @ParameterizedTest
    @CsvSource({
        "rate_limit_exceeded,OTHER_PER_MINUTE",
        "quota_exceeded,OTHER_PER_DAY",
        "spend_limit_exceeded,SPEND_PER_10_MINUTES",
        "something_new,UNKNOWN"
    })
    void theInteractionsApiSaysItInAWord(String code, QuotaKind kind) {
        AttemptOutcome outcome = asked(429, '"' + code + '"', Operation.INTERACTIONS);
        assertEquals(kind, exceeded(outcome).kind());
    }

    @Test
    void theProjectNumberIsLearntAndDoesNotPrint() {
        String info =
                ",\"details\":[{\"reason\":\"SERVICE_DISABLED\",\"metadata\":{\"consumer\":\"projects/123456789012\"}}]";
        AttemptOutcome outcome = of(403, "no", info);
        Optional<LearntProject> learnt = Optional.of(LearntProject.of("123456789012"));
        assertEquals(new ProjectRefused(ProjectFault.SERVICE_DISABLED, learnt), outcome);
        assertNotEquals(new ProjectRefused(ProjectFault.SERVICE_DISABLED), outcome);
        assertFalse(outcome.toString().contains("123456"));
    }

    @Test
    void egressAndGoogleAreBlamedForTheirs() {
        assertEquals(
                new EgressRefused(EgressFault.LOCATION_UNSUPPORTED),
                of(400, "User location is not supported for the API use.", ""));
        assertEquals(new Overloaded(), of(503, "busy", ""));
        assertEquals(new Overloaded(), of(500, "The model is overloaded. Please try", ""));
        assertEquals(new ServerFault(500), of(500, "x", ""));
        assertEquals(new ServerFault(504), of(504, "Deadline expired before", ""));
        byte[] html = "<html>automated queries".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                new EgressRefused(EgressFault.AUTOMATED_QUERIES),
                OutcomeClassifier.classify(429, html, "text/html", Dialect.NATIVE));
        assertEquals(new ClientFault(400), of(400, "what are automated queries?", ""));
    }

    private static QuotaExceeded exceeded(AttemptOutcome outcome) {
        return assertInstanceOf(QuotaExceeded.class, outcome);
    }

    private static String reason(String reason) {
        return ",\"details\":[{\"reason\":\"%s\",\"domain\":\"googleapis.com\"}]".formatted(reason);
    }

    private static String violation(String id, long value) {
        return ",\"details\":[{\"violations\":[{\"quotaId\":\"%s\",\"quotaValue\":\"%d\",\"quotaDimensions\":{\"model\":\"gemini-b\"}}]},{\"retryDelay\":\"14s\"}]"
                .formatted(id, value);
    }

    private static AttemptOutcome of(int status, String message, String more) {
        String body =
                "[{\"error\":{\"code\":%d,\"message\":\"%s\"%s}}]".formatted(status, message, more);
        return OutcomeClassifier.classify(
                status, body.getBytes(StandardCharsets.UTF_8), "text/event-stream", Dialect.NATIVE);
    }

    private static AttemptOutcome asked(int status, String code, Operation operation) {
        String body = code.isEmpty() ? "" : "{\"error\":{\"code\":%s}}".formatted(code);
        return OutcomeClassifier.classify(
                status, body.getBytes(StandardCharsets.UTF_8), "application/json", operation);
    }
}
