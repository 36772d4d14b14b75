package io.gemproxy.server.reload.writing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.edit.ConfigChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs, what is on disk and what was are three things, each compared with another. */
final class ConfigViewsTest {
    private static final Side RUNNING = new Side.Running();
    private static final Side FILE = new Side.OnDisk();
    private static final Instant LATER = Instant.parse("2026-11-21T12:00:00Z");
    private static final String GRACE = "port: 0 # any\n  shutdown_grace_seconds: 5";

    @TempDir private Path directory;
    private WritingFixture writing;
    private String first = "";

    @BeforeEach
    void start() throws IOException {
        writing = new WritingFixture(directory);
        writing.start(WritingFixture.MAIN);
        first = writing.views.version().value();
    }

    @Test
    void aDiffSaysOfEachChangeWhetherAReloadIsEnough() throws Exception {
        edit("port: 0 # any", "port: 7\n  shutdown_grace_seconds: 5");
        assertEquals(
                List.of("server.port 0 7 at the next start", "server.shutdown_grace_seconds - 5"),
                said(writing.views.read(RUNNING).changes()));
    }

    @Test
    void whatWasReloadedButWaitsForTheNextStartStillDiffersFromWhatRuns() throws Exception {
        edit("port: 0 # any", "port: 7\n  shutdown_grace_seconds: 5");
        writing.reload();
        assertEquals(
                List.of("server.port 0 7 at the next start"),
                said(writing.views.read(RUNNING).changes()));
        assertEquals(0, running().at("/server/port").asInt(-1));
        assertEquals(5, running().at("/server/shutdown_grace_seconds").asInt());
        assertEquals(List.of(), writing.views.read(FILE).changes());
    }

    @Test
    void whatIsRefusedDoesNotRun() throws Exception {
        edit("port: 0 # any", GRACE);
        writing.refuse = true;
        writing.reload();
        assertEquals(
                List.of("server.shutdown_grace_seconds - 5"),
                said(writing.views.read(RUNNING).changes()));
        assertTrue(running().at("/server/shutdown_grace_seconds").isMissingNode());
    }

    @Test
    void whatAPartCouldNotTakeOverDoesNotRunUntilItCan() throws Exception {
        edit("auth:\n", "limits: {client: {requests_per_day: 9}}\nauth:\n");
        writing.partial = true;
        writing.reload();
        assertEquals(
                List.of("limits.client.requests_per_day - 9"),
                said(writing.views.read(RUNNING).changes()));
        writing.partial = false;
        writing.reload();
        assertEquals(List.of(), writing.views.read(RUNNING).changes());
    }

    @Test
    void versionsOfTheHistoryAreComparedWithEachOtherWhatRunsAndTheDisk() throws Exception {
        edit("port: 0 # any", GRACE);
        writing.reload();
        String second = writing.views.version().value();
        edit("shutdown_grace_seconds: 5", "shutdown_grace_seconds: 6");
        Side kept = new Side.Kept(first);
        assertEquals(
                List.of("server.shutdown_grace_seconds 5 -"),
                said(writing.views.changes(RUNNING, kept)));
        assertEquals(
                List.of("server.shutdown_grace_seconds 6 -"),
                said(writing.views.changes(FILE, kept)));
        assertEquals(
                List.of("server.shutdown_grace_seconds - 5"),
                said(writing.views.changes(kept, new Side.Kept(second))));
        assertEquals(List.of(), writing.views.changes(kept, kept));
        assertEquals(
                List.of("server.shutdown_grace_seconds - 6"),
                said(writing.views.read(kept).changes()));
    }

    @Test
    void aSecretThatChangedIsToldAsChangedAndNeverShown() throws Exception {
        edit(WritingFixture.SECRET, WritingFixture.OTHER_SECRET);
        writing.reload();
        List<ConfigChange> changes =
                writing.views.changes(new Side.Kept(first), new Side.Kept(version()));
        Emissions.OF_THIS_RUN.emitted("the changes", changes.toString());
        assertEquals(List.of("auth.jwt_secret \"****\" \"****\" at the next start"), said(changes));
        JsonNode running = running();
        Emissions.OF_THIS_RUN.emitted("what runs", running.toString());
        assertFalse(running.toString().contains(WritingFixture.SECRET));
    }

    @Test
    void aSecretInUseIsShownNowhereWhateverItIsCalledThere() throws Exception {
        String misplaced =
                WritingFixture.MAIN
                        .replace(WritingFixture.SECRET, WritingFixture.OTHER_SECRET)
                        .concat("  clients: [{name: " + WritingFixture.SECRET + "}]\n");
        Files.writeString(writing.file, misplaced);
        writing.history.applied(
                "misplaced",
                LATER,
                "file",
                "root",
                "",
                List.of(new ConfigFile(writing.file, misplaced.getBytes(StandardCharsets.UTF_8))));
        Side kept = new Side.Kept("misplaced");
        for (Object shown :
                List.of(
                        writing.views.onDisk().values(),
                        writing.views.read(RUNNING).changes(),
                        writing.views.changes(kept, FILE),
                        writing.views.changes(kept, new Side.Kept(first)),
                        writing.views.values(writing.history.find("misplaced").orElseThrow()))) {
            Emissions.OF_THIS_RUN.emitted("a view", shown.toString());
            assertFalse(shown.toString().contains(WritingFixture.SECRET), shown::toString);
        }
    }

    @Test
    void aVersionThatIsNotThereIsSaidSo() {
        for (Side missing : List.of(new Side.Kept("0123456789abcdef"), Side.of("anything"))) {
            for (NotPossible refused :
                    List.of(
                            refused(() -> writing.views.changes(RUNNING, missing)),
                            refused(() -> writing.views.changes(missing, new Side.Kept(first))),
                            refused(() -> writing.views.read(missing)))) {
                assertEquals(WriteOutcome.Why.MISSING, refused.why());
            }
        }
    }

    @Test
    void whatCannotBeReadIsComparedWithNothing() throws Exception {
        Files.writeString(writing.file, "server: [\n");
        NotPossible refused = refused(() -> writing.views.changes(FILE, new Side.Kept(first)));
        assertEquals(WriteOutcome.Why.CONFLICT, refused.why());
        assertEquals(List.of(), writing.views.read(RUNNING).changes());
        byte[] sound = WritingFixture.MAIN.getBytes(StandardCharsets.UTF_8);
        assertEquals(List.of(), writing.views.judge(sound, RUNNING).changes());
        for (Question question :
                List.<Question>of(
                        () -> writing.views.judge(sound, FILE),
                        () -> writing.views.read(FILE),
                        () -> writing.views.onDisk())) {
            NotPossible unclear = refused(question);
            assertEquals(WriteOutcome.Why.CONFLICT, unclear.why());
            assertTrue(unclear.detail().contains("on the server's disk"), unclear.detail());
        }
    }

    @Test
    void sinceWhenTheDiskDiffersIsWhenItWasWrittenButNotBeforeItWasRead() throws Exception {
        assertEquals(DiskState.SAME, writing.views.state());
        edit("# of the house", "# by hand");
        Files.setLastModifiedTime(writing.file, FileTime.from(LATER));
        assertEquals(
                new DiskState(DiskState.State.DIFFERS, Optional.of(LATER)), writing.views.state());
        Files.setLastModifiedTime(writing.file, FileTime.from(Instant.EPOCH));
        assertEquals(
                new DiskState(
                        DiskState.State.DIFFERS,
                        Optional.of(writing.views.running().config().at())),
                writing.views.state());
        writing.reload();
        assertEquals(DiskState.SAME, writing.views.state());
        Files.delete(writing.file);
        assertEquals(
                new DiskState(DiskState.State.UNREADABLE, Optional.empty()), writing.views.state());
    }

    private JsonNode running() throws IOException {
        return writing.views.running().values();
    }

    private String version() throws IOException {
        return writing.views.version().value();
    }

    private void edit(String old, String next) throws IOException {
        Files.writeString(writing.file, writing.main().replace(old, next));
    }

    /** A question that is refused. */
    @FunctionalInterface
    private interface Question {
        Object ask() throws Exception;
    }

    private static NotPossible refused(Question question) {
        return assertThrows(NotPossible.class, question::ask);
    }

    private static List<String> said(List<ConfigChange> changes) {
        return changes.stream()
                .map(it ->
                        it.path()
                                + " "
                                + it.before().map(JsonNode::toString).orElse("-")
                                + " "
                                + it.after().map(JsonNode::toString).orElse("-")
                                + (it.waits() ? " at the next start" : ""))
                .toList();
    }
}
