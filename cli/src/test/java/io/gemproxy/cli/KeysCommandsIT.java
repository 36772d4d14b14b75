package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code keys} and {@code explain} against a server with a key in every state. */
final class KeysCommandsIT {
    private static final String REQUEST = "01JD8A5Z7Q3M4X9T2V6B8N0PKR";

    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin()
                    .shows("GET /api/keys", "admin-keys.json")
                    .shows("GET /api/keys/spare", "admin-key.json")
                    .shows("POST /api/keys/spare/enable", "admin-key.json")
                    .shows("POST /api/keys/spare/disable", "admin-key.json")
                    .shows("POST /api/keys/spare/test", "admin-key-test.json")
                    .shows("POST /api/keys/spare/test?generate=true", "admin-key-test.json")
                    .shows("GET /api/requests/" + REQUEST, "admin-request.json")
                    .otherwise(_ -> ScriptedAdmin.missing("No key has this id."));

    @TempDir private Path directory;

    @Test
    void theListSaysWhatIsWrongAndWhatToDo() throws IOException {
        var outcome = run("keys", "list");
        assertEquals(CliRun.golden("keys-list.txt"), outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void theListForProgramsIsTheServersAnswer() throws IOException {
        assertEquals(CliRun.golden("keys-list.json"), run("-o", "json", "keys", "list").out());
    }

    @Test
    void showTellsAllOfOneKey() throws IOException {
        assertEquals(CliRun.golden("keys-show.txt"), run("keys", "show", "spare").out());
        assertEquals(
                CliRun.golden("keys-show.json"), run("keys", "show", "spare", "-o", "json").out());
    }

    @Test
    void enableAndDisableDoWhatTheySayAndShowTheKey() throws IOException {
        assertEquals(CliRun.golden("keys-show.txt"), run("keys", "enable", "spare").out());
        assertEquals(CliRun.golden("keys-show.txt"), run("keys", "disable", "spare").out());
        assertEquals(
                List.of("POST /api/keys/spare/enable", "POST /api/keys/spare/disable"),
                admin.asked());
    }

    @Test
    void testTellsWhatGoogleSaidAndGeneratesOnlyWhenAsked() throws IOException {
        var outcome = run("keys", "test", "spare");
        assertEquals(CliRun.golden("keys-test.txt"), outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
        run("keys", "test", "spare", "--generate");
        assertEquals(
                List.of("POST /api/keys/spare/test", "POST /api/keys/spare/test?generate=true"),
                admin.asked());
    }

    @Test
    void testEndsWith1WhereTheKeyDoesNotWork() throws IOException {
        admin.says(
                "POST /api/keys/spare/test",
                "{\"key_id\":\"spare\",\"works\":false,\"steps\":[],\"key\":{}}");
        var outcome = run("keys", "test", "spare");
        assertEquals(1, outcome.status());
        assertTrue(outcome.out().contains("spare does not work"), outcome.out());
    }

    @Test
    void allAreTestedOneAfterTheOtherAndOneThatDoesNotWorkIsTheAnswerNo() throws IOException {
        admin.says("GET /api/keys", "{\"keys\":[{\"id\":\"spare\"},{\"id\":\"gone\"}]}");
        var both = run("keys", "test", "--all");
        assertEquals(
                """
                KEY WORKS LAST ANSWER AFTER
                spare yes quota_requests_per_minute 201 ms
                gone no %s answered 404: Not found. No key has this id. -

                1 of 2 keys works
                """
                        .formatted(admin.url()),
                both.out().replaceAll(" +", " "),
                both.err());
        assertEquals(1, both.status());
        assertEquals("POST /api/keys/gone/test", admin.asked().getLast());
        admin.says("GET /api/keys", "{\"keys\":[{\"id\":\"spare\"}]}");
        assertEquals(0, run("keys", "test", "--all").status());
        assertEquals(2, run("keys", "test").status());
        assertEquals(2, run("keys", "test", "spare", "--all").status());
    }

    @Test
    void aKeyThatIsNotThereEndsWith1InTheServersWords() throws IOException {
        for (String verb : new String[] {"show", "test", "enable", "disable"}) {
            var outcome = run("keys", verb, "no/such key");
            assertEquals(1, outcome.status(), verb);
            assertTrue(outcome.err().contains("No key has this id."), outcome.err());
        }
        assertEquals("GET /api/keys/no%2Fsuch%20key", admin.asked().getFirst());
    }

    @Test
    void aVerbWithoutAKeyEndsWith2() throws IOException {
        assertEquals(2, run("keys", "disable").status());
        assertEquals(List.of(), admin.asked());
    }

    @Test
    void aRequestIsExplainedByItsId() throws IOException {
        var outcome = run("explain", REQUEST);
        assertEquals(CliRun.golden("explain-request.txt"), outcome.out(), outcome.err());
        assertEquals(
                CliRun.golden("explain-request.json"), run("explain", REQUEST, "-o", "json").out());
        assertEquals(1, run("explain", REQUEST.replace('1', '2')).status());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return admin.installed(directory).run(arguments);
    }
}
