package io.gemproxy.server;

import static io.gemproxy.server.DollarBudgetIT.capped;
import static io.gemproxy.server.DollarBudgetIT.inTheLedger;
import static io.gemproxy.server.DollarBudgetIT.spent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches whose requests stand in a file that went by before. */
final class FileBatchIT {
    private static final String BATCH = "/v1beta/models/gemini-2.5-flash:batchGenerateContent";
    private static final String LINE =
            "{\"key\":\"1\",\"request\":{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}],"
                    + "\"generationConfig\":{\"maxOutputTokens\":1000}}}\n";
    private static final String CHAT =
            "{\"custom_id\":\"1\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{"
                    + "\"model\":\"gemini-2.5-flash\",\"max_tokens\":1000,"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}\n";

    /** Of gemini-2.5-flash in the batch tier, US dollars for a token. */
    private static final BigDecimal INPUT = new BigDecimal("0.00000015");

    private static final BigDecimal OUTPUT = new BigDecimal("0.00000125");

    @TempDir Path directory;

    /** What is charged for a native batch of a file of so many lines. */
    private static BigDecimal charge(String order, String file, long output) {
        long input = (order.length() + 3L) / 4 + (file.length() + 3L) / 4;
        return INPUT.multiply(BigDecimal.valueOf(input))
                .add(OUTPUT.multiply(BigDecimal.valueOf(output)));
    }

    private static void same(BigDecimal expected, BigDecimal actual, String what) {
        assertEquals(0, expected.compareTo(actual), what + ": " + actual + ", not " + expected);
    }

    private static void less(BigDecimal actual, BigDecimal than) {
        assertTrue(actual.signum() > 0 && actual.compareTo(than) < 0, actual + " of " + than);
    }

    private static String order(String file) {
        return "{\"batch\":{\"inputConfig\":{\"fileName\":\"" + file + "\"}}}";
    }

    @Test
    void aThousandRequestsAreChargedWhenTheBatchIsMadeAndSettledByItsResults() throws Exception {
        String lines = LINE.repeat(1_000);
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient poor = new UploadingClient(server, capped("1"));
            String file = poor.upload("application/jsonl", lines);
            Wire.Reply refused = poor.ask("POST", BATCH, order(file));
            assertEquals(400, refused.status(), refused::everything);
            assertTrue(refused.text().contains("LIMIT_TOO_SMALL"), refused::text);
            same(BigDecimal.ZERO, spent(server), "nothing was made");

            UploadingClient client = new UploadingClient(server, capped("2"));
            Wire.Reply made = client.ask("POST", BATCH, order(file));
            assertEquals(200, made.status(), made::everything);
            BigDecimal charged = charge(order(file), lines, 1_000_000);
            same(charged, spent(server), "all that its requests ask for");
            assertFalse(server.auditOf(made).has("unpriced"), "all of it is known");
            assertEquals(429, client.ask("POST", BATCH, order(file)).status());

            String batch = ServerFixture.json(made).path("name").asText();
            client.ask("GET", "/v1beta/" + batch, "");
            same(charged, spent(server), "it is not over");
            JsonNode over = ServerFixture.json(client.ask("GET", "/v1beta/" + batch, ""));
            String results = over.at("/response/responsesFile").asText();
            same(charged, spent(server), "its results are not read");
            for (int i = 0; i < 2; i++) {
                Wire.Reply read =
                        client.ask("GET", "/v1beta/" + results + ":download?alt=media", "");
                assertEquals(1_000, read.text().lines().count());
                server.auditOf(read);
                less(spent(server), charged);
                same(spent(server), inTheLedger(server), "the books agree");
            }
        }
    }

    @Test
    void soAreThoseOfTheOpenAiCompatibleApi() throws Exception {
        String lines = CHAT.repeat(1_000);
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient poor = new UploadingClient(server, capped("1"));
            String file = poor.uploadForm(lines);
            Wire.Reply refused = poor.openAiBatch(file);
            assertEquals(400, refused.status(), refused::everything);
            assertTrue(refused.text().contains("limit_too_small"), refused::text);
            UploadingClient client = new UploadingClient(server, capped("2"));
            Wire.Reply made = client.openAiBatch(file);
            assertEquals(200, made.status(), made::everything);
            BigDecimal charged = spent(server);
            less(OUTPUT.multiply(BigDecimal.valueOf(1_000_000)), charged);
            String path = "/v1beta/openai/batches/" + ServerFixture.json(made).path("id").asText();
            client.ask("GET", path, "");
            JsonNode over = ServerFixture.json(client.ask("GET", path, ""));
            same(charged, spent(server), "its results are not read");
            String results = over.path("output_file_id").asText();
            Wire.Reply read = client.ask("GET", "/v1beta/openai/files/" + results + "/content", "");
            assertEquals(1_000, read.text().lines().count());
            server.auditOf(read);
            less(spent(server), charged);
            same(spent(server), inTheLedger(server), "the books agree");
            client.ask("GET", path, "");
            same(spent(server), inTheLedger(server), "looking at it again changes nothing");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsPaidTwiceWhereverTheFileWithTheResultsIsTold(boolean early) throws Exception {
        String over = "{\"name\":\"batches/b1\",\"response\":{\"responsesFile\":\"files/r1\"}}";
        String line =
                "{\"response\":{\"usageMetadata\":{\"promptTokenCount\":1000,"
                        + "\"totalTokenCount\":1000},\"modelVersion\":\"gemini-2.5-flash\"}}";
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            String file = client.upload("application/jsonl", LINE);
            DollarBudgetIT.answer(server, "{\"name\":\"batches/b1\"}");
            client.ask("POST", BATCH, order(file));
            BigDecimal charged = charge(order(file), LINE, 1_000);
            same(charged, spent(server), "when it is made");
            if (!early) {
                DollarBudgetIT.answer(server, "{\"operations\":[" + over + "]}");
                client.ask("GET", "/v1beta/batches", "");
            }
            DollarBudgetIT.answer(server, line);
            client.ask("GET", "/v1beta/files/r1:download?alt=media", "");
            BigDecimal used = new BigDecimal("0.00015");
            same(early ? charged.add(used) : used, spent(server), "when its results are read");
            DollarBudgetIT.answer(server, over);
            client.ask("GET", "/v1beta/batches/b1", "");
            same(used, spent(server), "in the end");
            same(used, inTheLedger(server), "the books agree");
        }
    }

    @ParameterizedTest
    @CsvSource({"false,1", "true,1", "false,10"})
    void aPartOfTheResultsGivesNothingBack(boolean early, int lines) throws Exception {
        String results = "/v1beta/files/r1:download?alt=media";
        String over = "{\"name\":\"batches/b1\",\"response\":{\"responsesFile\":\"files/r1\"}}";
        String line =
                "{\"response\":{\"usageMetadata\":{\"promptTokenCount\":1000,"
                        + "\"totalTokenCount\":1000},\"modelVersion\":\"gemini-2.5-flash\"}}\n";
        String range = "206 Partial Content\r\nContent-Range: bytes 0-1/2";
        BigDecimal each = new BigDecimal("0.00015");
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            String file = client.upload("application/jsonl", LINE.repeat(10));
            DollarBudgetIT.answer(server, "{\"name\":\"batches/b1\"}");
            client.ask("POST", BATCH, order(file));
            BigDecimal charged = charge(order(file), LINE.repeat(10), 10_000);
            DollarBudgetIT.answer(server, over);
            if (!early) {
                client.ask("GET", "/v1beta/batches/b1", "");
            }
            DollarBudgetIT.answer(server, range, line.repeat(lines));
            assertEquals(206, client.ask("GET", results, "").status());
            DollarBudgetIT.answer(server, over);
            client.ask("GET", "/v1beta/batches/b1", "");
            BigDecimal read = each.multiply(BigDecimal.valueOf(lines));
            same(charged.add(read), spent(server), "what is read is used");
            DollarBudgetIT.answer(server, line.repeat(10));
            client.ask("GET", results, "");
            same(each.multiply(BigDecimal.TEN), spent(server), "in the end");
            same(each.multiply(BigDecimal.TEN), inTheLedger(server), "the books agree");
        }
    }

    @Test
    void oneThatEmbedsHasNoAnswers() throws Exception {
        String embed = "/v1beta/models/gemini-embedding-001:asyncBatchEmbedContent";
        String lines = LINE.repeat(100);
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            String file = client.upload("application/json", lines);
            DollarBudgetIT.answer(server, "{\"name\":\"batches/b1\"}");
            assertEquals(200, client.ask("POST", embed, order(file)).status());
            BigDecimal half = new BigDecimal("0.000000075");
            long tokens = (order(file).length() + 3L) / 4 + (lines.length() + 3L) / 4;
            same(half.multiply(BigDecimal.valueOf(tokens)), spent(server), "input alone");
        }
    }

    @Test
    void oneThatIsCancelledGivesItsChargeBack() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            Wire.Reply made = client.openAiBatch(client.uploadForm(CHAT));
            String id = ServerFixture.json(made).path("id").asText();
            assertTrue(spent(server).signum() > 0);
            client.ask("POST", "/v1beta/openai/batches/" + id + "/cancel", "");
            same(BigDecimal.ZERO, spent(server), "nothing was used");
        }
    }

    @Test
    void aModelWithoutAPriceIsSeenInTheFile() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            String odd = CHAT.replace("gemini-2.5-flash", "gemini-nobody-knows");
            Wire.Reply refused = client.openAiBatch(client.uploadForm(CHAT + odd));
            assertEquals(403, refused.status(), refused::everything);
            assertTrue(refused.text().contains("model_unpriced"), refused::text);
        }
    }

    @Test
    void aPieceThatIsSentAgainCountsOnce() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            String address = client.begin("/upload/v1beta/files", "application/jsonl", 0);
            String half = LINE + LINE.substring(0, 70);
            client.piece(address, 0, half, "upload");
            client.piece(address, half.length(), LINE.substring(70), "upload, finalize");
            Wire.Reply last =
                    client.piece(address, half.length(), LINE.substring(70), "upload, finalize");
            String file = ServerFixture.json(last).at("/file/name").asText();
            assertEquals(200, client.ask("POST", BATCH, order(file)).status());
            same(charge(order(file), LINE + LINE, 2_000), spent(server), "two requests");
        }
    }

    @Test
    void whatWasUploadedBeforeARestartIsKnown() throws Exception {
        String state = "state.dir=" + directory.resolve("var");
        String file;
        try (ServerFixture server = ServerFixture.with().set(state).start()) {
            file = new UploadingClient(server, capped("1")).upload("text/plain", LINE.repeat(900));
        }
        try (ServerFixture server = ServerFixture.with().set(state).start()) {
            Wire.Reply refused =
                    new UploadingClient(server, capped("1")).ask("POST", BATCH, order(file));
            assertTrue(refused.text().contains("LIMIT_TOO_SMALL"), refused::text);
        }
    }

    @Test
    void aFileThatNobodyKnowsIsMarked() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            DollarBudgetIT.answer(server, "{\"name\":\"batches/b1\"}");
            UploadingClient client = new UploadingClient(server, capped("0.01"));
            Wire.Reply made = client.ask("POST", BATCH, order("files/elsewhere"));
            assertEquals(200, made.status(), made::everything);
            JsonNode record = server.auditOf(made);
            assertTrue(record.path("unpriced").asBoolean(), record.toString());
            assertFalse(record.has("cost_usd"), record.toString());
            less(spent(server), new BigDecimal("0.0001"));

            DollarBudgetIT.answer(
                    server, "{\"name\":\"files/elsewhere\",\"sizeBytes\":\"4194304\"}");
            assertEquals(200, client.ask("GET", "/v1beta/files/elsewhere", "").status());
            Wire.Reply refused = client.ask("POST", BATCH, order("files/elsewhere"));
            assertTrue(refused.text().contains("LIMIT_TOO_SMALL"), refused::text);
        }
    }

    @Test
    void theFileMustBeNamedWhereItIsSeen() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            String file = client.upload("application/jsonl", LINE);
            String late = "{\"x\":\"" + "x".repeat(400_000) + "\"," + order(file).substring(1);
            Wire.Reply refused = client.ask("POST", BATCH, late);
            assertEquals(400, refused.status(), refused::everything);
            assertTrue(refused.text().contains("BATCH_INPUT_NOT_READABLE"), refused::text);
            boolean made =
                    server.simulator.record().stream()
                            .filter(seen -> seen.path().endsWith(":batchGenerateContent"))
                            .anyMatch(seen ->
                                    seen.outcome() != null && seen.outcome().status() == 200);
            assertFalse(made, "Gemini made it");
        }
    }

    @Test
    void norBehindMoreFilesThanAnybodyReads() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            String sixteen =
                    IntStream.range(0, 16)
                            .mapToObj(i -> ",{\"fileName\":\"files/other" + i + "\"}")
                            .collect(Collectors.joining());
            String dear = client.upload("application/jsonl", LINE.repeat(1_000));
            String order = "{\"x\":[{}" + sixteen + "]," + order(dear).substring(1);
            Wire.Reply refused = client.ask("POST", BATCH, order);
            assertTrue(refused.text().contains("BATCH_INPUT_NOT_READABLE"), refused::everything);
        }
    }

    @Test
    void noNumberOfDearFilesIsCheap() throws Exception {
        String dear =
                "{\"request\":{\"generationConfig\":{\"maxOutputTokens\":1048576,\"candidateCount\":128}}}\n"
                        .repeat(6_000);
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("1"));
            StringJoiner files = new StringJoiner("\"},{\"fileName\":\"");
            for (int i = 0; i < 10; i++) {
                files.add(client.upload("application/jsonl", dear));
            }
            Wire.Reply refused =
                    client.ask("POST", BATCH, "{\"x\":[{\"fileName\":\"" + files + "\"}]}");
            assertTrue(refused.text().contains("LIMIT_TOO_SMALL"), refused::everything);
        }
    }

    @Test
    void whoOnlySpeaksOfAFileMayDoSoAnywhere() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("10"));
            String file = client.upload("text/plain", "hi");
            String late =
                    "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\""
                            + "x".repeat(400_000)
                            + "\"},{\"functionResponse\":{\"name\":\"f\",\"response\":{\"fileName\":\""
                            + file
                            + "\"}}}]}]}";
            Wire.Reply answer =
                    client.ask("POST", "/v1beta/models/gemini-2.5-flash:generateContent", late);
            assertEquals(200, answer.status(), answer::everything);
        }
    }

    @Test
    void norIsItHiddenByAContentCoding() throws Exception {
        try (ServerFixture server = ServerFixture.usual()) {
            UploadingClient client = new UploadingClient(server, capped("0.001"));
            String file = client.upload("application/jsonl", LINE);
            ByteArrayOutputStream coded = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
                gzip.write(order(file).getBytes(StandardCharsets.UTF_8));
            }
            Wire.Reply refused =
                    client.send("POST", BATCH, coded.toByteArray(), "Content-Encoding: gzip");
            assertTrue(refused.text().contains("LIMIT_TOO_SMALL"), refused::everything);
        }
    }

    @Test
    void theMinuteOfAClientIsNoMatterOfItsFiles() throws Exception {
        try (ServerFixture server =
                ServerFixture.with().set("limits.client.tokens_per_minute=1000").start()) {
            UploadingClient client = new UploadingClient(server, server.token());
            String file = client.upload("application/jsonl", LINE.repeat(1_000));
            assertEquals(200, client.ask("POST", BATCH, order(file)).status());
        }
    }
}
