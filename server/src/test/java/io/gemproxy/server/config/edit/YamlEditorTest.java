package io.gemproxy.server.config.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a careful person would change by hand, and no more. */
final class YamlEditorTest {
    private static final String FILE =
            """
            # The proxy.
            server:
              host: 0.0.0.0   # all of them
              port: 8443
              # Behind the door.
              tls: {enabled: true, cert_path: 'a.pem'}

            gemini:
              breaker:
                #failures: 5
              api_keys:
                # the first
                - id: one
                  key: "k-1"
                  weight: 100  # much
                # the second
                - id: two
                  key: k-2
            # the end
            """;

    @Test
    void aValueIsReplacedWhereItStands() {
        changes(
                tree -> at(tree, "server").put("host", "127.0.0.1").put("port", 9443),
                FILE.replace("0.0.0.0 ", "127.0.0.1 ").replace("8443", "9443"));
    }

    @Test
    void quotesStayAsTheyAre() {
        changes(
                tree -> {
                    at(tree, "server").withObjectProperty("tls").put("cert_path", "it's b.pem");
                    key(tree, 0).put("key", "say \"k\"");
                    key(tree, 1).put("key", "#3");
                },
                FILE.replace("'a.pem'", "'it''s b.pem'")
                        .replace("\"k-1\"", "\"say \\\"k\\\"\"")
                        .replace("k-2", "\"#3\""));
    }

    @Test
    void whatIsNewComesBehindWhatIsThere() {
        changes(
                tree -> {
                    at(tree, "server").put("max_connections", 7);
                    at(tree, "server").withObjectProperty("tls").put("key_path", "b.pem");
                    key(tree, 0).put("project", "p");
                    tree.putObject("logging").put("level", "debug");
                },
                FILE.replace("'a.pem'}\n", "'a.pem', key_path: b.pem}\n  max_connections: 7\n")
                        .replace("# much\n", "# much\n      project: p\n")
                        .replace("key: k-2\n", "key: k-2\nlogging:\n  level: debug\n"));
    }

    @Test
    void anEmptySectionIsFilledAboveItsComments() {
        changes(
                tree -> at(tree, "gemini").putObject("breaker").put("failures", 3),
                FILE.replace("breaker:\n", "breaker:\n    failures: 3\n"));
    }

    @Test
    void entriesOfAListComeAndGoByTheirNames() {
        changes(
                tree -> {
                    keys(tree).remove(0);
                    keys(tree).addObject().put("id", "three").put("key", "k-3");
                },
                FILE.replace("    - id: one\n      key: \"k-1\"\n      weight: 100  # much\n", "")
                        .replace("key: k-2\n", "key: k-2\n    - id: three\n      key: k-3\n"));
    }

    @Test
    void whatGoesTakesItsLinesAndNoComment() {
        changes(
                tree -> {
                    at(tree, "server").remove("port");
                    key(tree, 0).remove("weight");
                },
                FILE.replace("  port: 8443\n", "").replace("      weight: 100  # much\n", ""));
    }

    @Test
    void theFirstMemberOfAnEntryIsRemovedByWritingTheEntryAnew() {
        changes(
                tree -> key(tree, 1).remove("id"),
                FILE.replace("    - id: two\n      key: k-2\n", "    - key: k-2\n"));
    }

    @Test
    void aListThatIsEmptiedStaysAList() {
        String edited = changed(FILE, tree -> keys(tree).removeAll());
        assertTrue(edited.contains("  api_keys: []\n# the end\n"), edited);
    }

    @Test
    void aSectionBecomesAValueAndAValueASection() {
        String edited =
                changed(
                        FILE,
                        tree -> {
                            tree.put("gemini", "none");
                            at(tree, "server").putObject("port").put("a", 1);
                        });
        assertTrue(edited.contains("gemini: none\n"), edited);
        assertTrue(edited.contains("  port:\n    a: 1\n  # Behind the door.\n"), edited);
    }

    @Test
    void linesEndAsTheyDidBefore() {
        String windows = FILE.replace("\n", "\r\n");
        String edited =
                changed(windows, tree -> at(tree, "server").put("port", 1).put("workers", 4));
        assertEquals(
                windows.replace("8443", "1")
                        .replace("'a.pem'}\r\n", "'a.pem'}\r\n  workers: 4\r\n"),
                edited);
    }

    @Test
    void charactersBeyondTheBasicPlaneMoveNothing() {
        String text = "# \uD83D\uDE00\na: 1 # \uD83D\uDE00\nb: \"\uD83D\uDE00\"\nc: 3\n";
        assertEquals(text.replace("3", "4"), changed(text, tree -> tree.put("c", 4)));
    }

    @Test
    void aliasesAreWrittenOutOnlyWhereTheyMustBe() {
        String text = "# top\na: &x {k: 1}\nb: *x\nc: 2 # two\n";
        assertEquals(text.replace("2 #", "3 #"), changed(text, tree -> tree.put("c", 3)));
        String apart = changed(text, tree -> at(tree, "b").put("k", 9));
        assertTrue(apart.startsWith("# top\na: &x {k: 1}\nb:"), apart);
        String both = changed(text, tree -> at(tree, "a").put("k", 9));
        assertTrue(both.startsWith("# top\n"), both);
    }

    @Test
    void blockScalarsAreReplacedWhole() {
        String text = "a: |\n  one\n  two\n\n# then\nb: 1\n";
        assertEquals("a: three\n\n# then\nb: 1\n", changed(text, tree -> tree.put("a", "three")));
        assertEquals(text.replace("b: 1", "b: 2"), changed(text, tree -> tree.put("b", 2)));
    }

    @Test
    void aTextWithoutValuesKeepsItsComments() {
        assertEquals(
                "# nothing yet\n\na: 1\n", changed("# nothing yet\n\n", tree -> tree.put("a", 1)));
        assertEquals("a: 1\n", changed("", tree -> tree.put("a", 1)));
    }

    @Test
    void textIsNeverReadAsSomethingElse() {
        String text = "a: x\n";
        for (String value :
                new String[] {
                    "yes",
                    "1",
                    "1.5",
                    "null",
                    "~",
                    "",
                    " ",
                    "a: b",
                    "a #b",
                    "- a",
                    "*a",
                    "&a",
                    "!a",
                    "{",
                    "[a",
                    "a, b",
                    "%a",
                    "@a",
                    "`a",
                    "'",
                    "\"",
                    "\\",
                    "a\nb",
                    "\t",
                    "\u0085",
                    "\u2028",
                    "\uFEFF",
                    "2027-01-31",
                    "0x1f",
                    "1_000",
                    "12:30",
                    "?",
                    "a:",
                    "<<",
                    "\uD83D\uDE00",
                    "#",
                    "|",
                    ">",
                    "---",
                    "...",
                    "a\u0001b",
                    "${NAME:x}"
                }) {
            String edited = changed(text, tree -> tree.put("a", value));
            assertEquals(value, tree(edited).path("a").textValue(), edited);
        }
    }

    private static void changes(Consumer<ObjectNode> change, String expected) {
        assertEquals(expected, changed(FILE, change));
    }

    private static String changed(String text, Consumer<ObjectNode> change) {
        ObjectNode tree = (ObjectNode) tree(text);
        change.accept(tree);
        String edited;
        try {
            edited = YamlEditor.edit(text, tree);
        } catch (NotEditable unfit) {
            throw new AssertionError(text, unfit);
        }
        assertEquals(YamlTree.canonical(tree), tree(edited), edited);
        return edited;
    }

    static JsonNode tree(String text) {
        try {
            return ConfigTree.read("test", text.getBytes(StandardCharsets.UTF_8))
                    .values()
                    .orElseThrow(() -> new AssertionError(text));
        } catch (NotEditable unfit) {
            throw new AssertionError(text, unfit);
        }
    }

    private static ObjectNode at(ObjectNode tree, String section) {
        return tree.withObjectProperty(section);
    }

    private static ArrayNode keys(ObjectNode tree) {
        return (ArrayNode) tree.path("gemini").path("api_keys");
    }

    private static ObjectNode key(ObjectNode tree, int index) {
        return (ObjectNode) keys(tree).path(index);
    }
}
