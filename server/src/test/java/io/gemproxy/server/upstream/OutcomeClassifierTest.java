package io.gemproxy.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.AttemptOutcome.ClientFault;
import io.gemproxy.server.exchange.AttemptOutcome.EgressRefused;
import io.gemproxy.server.exchange.AttemptOutcome.KeyRefused;
import io.gemproxy.server.exchange.AttemptOutcome.Overloaded;
import io.gemproxy.server.exchange.AttemptOutcome.ProjectRefused;
import io.gemproxy.server.exchange.AttemptOutcome.QuotaExceeded;
import io.gemproxy.server.exchange.AttemptOutcome.ServerFault;
import io.gemproxy.server.exchange.QuotaPeriod;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeClassifierTest {
    @Test
    void keysAreBlamedForWhatIsTheirs() {
        String reason = ",\"details\":[{\"reason\":\"API_KEY_INVALID\",\"domain\":\"x\"}]";
        assertEquals(new KeyRefused("API_KEY_INVALID"), of(400, "API key not valid.", reason));
        assertEquals(
                new KeyRefused("API_KEY_LEAKED"),
                of(403, "Your API key was reported as leaked. Please use another API key.", ""));
        assertEquals(new KeyRefused("UNAUTHENTICATED"), of(401, "no", ""));
        assertEquals(
                new ClientFault(401),
                OutcomeClassifier.classify(401, new byte[0], "", Operation.FILES));
    }

    @Test
    void nobodyIsBlamedForTheClient() {
        assertEquals(new ClientFault(400), of(400, "bad: API key not valid", ""));
        assertEquals(
                new ClientFault(403),
                of(403, "You do not have permission to access the File x", ""));
        assertEquals(new ClientFault(404), of(404, "models/x is not found", ""));
    }

    @Test
    void anErrorInsideAGoodAnswerIsJudgedByWhatItSaysOfItself() {
        assertEquals(new Overloaded(), inBand("{\"code\":503}"));
        assertEquals(new Overloaded(), inBand("{\"code\":14}"));
        assertEquals(new Overloaded(), inBand("{\"status\":\"UNAVAILABLE\"}"));
        assertEquals(
                new QuotaExceeded(QuotaPeriod.DAY, Optional.empty()),
                inBand("{\"code\":\"quota_exceeded\"}"));
        assertEquals(
                new KeyRefused("API_KEY_LEAKED"),
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
    void quotasAreJudgedByTheirIds() {
        assertEquals(quota(QuotaPeriod.DAY), of(429, "m", violation("PerDayPerProject", "20")));
        assertEquals(quota(QuotaPeriod.MINUTE), of(429, "m", violation("PerMinute", "5")));
        assertEquals(quota(QuotaPeriod.NONE), of(429, "m", violation("PerDay", "0")));
        assertEquals(
                new QuotaExceeded(QuotaPeriod.UNKNOWN, Optional.of(Duration.ofMillis(51_500))),
                of(429, "Please retry in 51.5s.", ""));
    }

    @Test
    void projectsEgressAndGoogleAreBlamedForTheirs() {
        assertEquals(
                new ProjectRefused("PREPAID_CREDITS_DEPLETED", Optional.empty()),
                of(429, "Your prepayment credits are depleted. Please", ""));
        assertEquals(
                new EgressRefused("LOCATION_UNSUPPORTED"),
                of(400, "User location is not supported for the API use.", ""));
        assertEquals(new Overloaded(), of(503, "busy", ""));
        assertEquals(new ServerFault(500), of(500, "x", ""));
        byte[] html = "<html>automated queries".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                new EgressRefused("AUTOMATED_QUERIES"),
                OutcomeClassifier.classify(429, html, "text/html", Dialect.NATIVE));
    }

    private static AttemptOutcome quota(QuotaPeriod period) {
        return new QuotaExceeded(period, Optional.of(Duration.ofSeconds(14)));
    }

    private static String violation(String id, String value) {
        return ",\"details\":[{\"violations\":[{\"quotaId\":\"%s\",\"quotaValue\":\"%s\"}]},{\"retryDelay\":\"14s\"}]"
                .formatted(id, value);
    }

    private static AttemptOutcome of(int status, String message, String more) {
        String body =
                "[{\"error\":{\"code\":%d,\"message\":\"%s\"%s}}]".formatted(status, message, more);
        return OutcomeClassifier.classify(
                status, body.getBytes(StandardCharsets.UTF_8), "text/event-stream", Dialect.NATIVE);
    }
}
