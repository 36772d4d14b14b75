package io.gemproxy.server.keys.affinity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UploadSessionsTest {
    private static final UploadSession SESSION =
            new UploadSession(
                    Client.ANONYMOUS, new KeyId("k"), new ProjectId("p"), "/upload?upload_id=g");

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private long nanos;
    private final List<UploadChange> changes = new ArrayList<>();
    private final UploadSessions sessions = sessions();

    private UploadSessions sessions() {
        return new UploadSessions(new Random(1), () -> now, () -> nanos, changes::add);
    }

    @Test
    void aFinishedUploadIsKnownForTenMinutesMore() {
        String id = sessions.open(SESSION);
        sessions.finish(id);
        nanos += Duration.ofMinutes(9).toNanos();
        assertEquals(Optional.of(SESSION), sessions.find(id));
        nanos += Duration.ofMinutes(2).toNanos();
        assertEquals(Optional.empty(), sessions.find(id));
    }

    @Test
    void anUploadGoesOnAfterARestart() {
        String id = sessions.open(SESSION);
        String done = sessions.open(SESSION);
        sessions.finish(done);
        UploadSessions restarted = sessions();
        restarted.restore(sessions.snapshot());
        assertEquals(Optional.of(SESSION), restarted.find(id));
        assertEquals(Optional.empty(), restarted.find(done));
    }

    @Test
    void aWeekOldUploadIsNotPutBack() {
        String id = sessions.open(SESSION);
        now = now.plus(Duration.ofDays(8));
        UploadSessions restarted = sessions();
        restarted.restore(sessions.snapshot());
        assertEquals(Optional.empty(), restarted.find(id));
    }

    @Test
    void itBeganWhenItsClientAskedHoweverLongGoogleTook() {
        Instant asked = now.minusSeconds(5);
        String id = sessions.open(SESSION, asked);
        assertEquals(asked, sessions.opened(id).orElseThrow().at());
        assertEquals(asked, ((UploadChange.Opened) changes.getFirst()).at());
    }

    @Test
    void noChangeHoldsTheId() {
        String id = sessions.open(SESSION);
        sessions.finish(id);
        assertEquals(2, changes.size());
        assertFalse(changes.toString().contains(id));
    }
}
