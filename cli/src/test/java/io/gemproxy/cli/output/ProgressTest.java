package io.gemproxy.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.cli.DrivenPulse;
import io.gemproxy.emissions.Emissions;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On a terminal of forty columns, at a pulse that a test drives. */
final class ProgressTest {
    private static final Duration STROKE = Duration.ofMillis(250);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final DrivenPulse pulse = new DrivenPulse();
    private final Progress progress = new Progress(terminal(40), pulse);

    @Test
    void whatTakesLessThanASecondIsNotTold() {
        try (var _ = progress.begin("Waiting for the server")) {
            pulse.pass(STROKE);
            pulse.pass(Duration.ofMillis(749));
        }
        assertEquals("", shown());
    }

    @Test
    void whatIsWaitedForIsToldWithItsTimeAndThenTakenAway() {
        try (var _ = progress.begin("Waiting for the server")) {
            pulse.pass(Duration.ofSeconds(1));
            assertEquals("\rWaiting for the server … 1 s", shown());
            pulse.pass(Duration.ofSeconds(61));
            assertTrue(shown().endsWith("\rWaiting for the server … 1 min 2 s"), shown());
        }
        assertEquals("", screen());
        assertFalse(pulse.beats());
    }

    @Test
    void whereItIsStandsBesideItAsWordsOrPercent() {
        try (Progress.Step step = progress.begin("Testing keys")) {
            step.at("2 of 4: spare");
            pulse.pass(Duration.ofSeconds(3));
            assertEquals("Testing keys, 2 of 4: spare … 3 s", screen());
            step.at(5, 8);
            pulse.pass(Duration.ofSeconds(1));
            assertEquals("Testing keys, 62 % … 4 s", screen());
            step.at(9, 8);
            pulse.pass(Duration.ofSeconds(1));
            assertEquals("Testing keys, 100 % … 5 s", screen());
            step.at(0, 0);
            pulse.pass(Duration.ofSeconds(1));
            assertEquals("Testing keys … 6 s", screen());
        }
    }

    @Test
    void aPartOfSomethingLeavesTheWholeOnTheLine() {
        try (Progress.Step whole = progress.begin("Testing keys")) {
            whole.at("1 of 2");
            try (Progress.Step part = progress.begin("Waiting for the server")) {
                part.at(1, 2);
                pulse.pass(Duration.ofSeconds(2));
            }
            assertEquals("Testing keys, 1 of 2 … 2 s", screen());
        }
        assertEquals("", screen());
    }

    @Test
    void otherLinesStandAloneAndTheProgressComesAgainBehindThem() {
        Printer printer = new Printer(terminal(40), progress);
        try (var _ = progress.begin("Waiting")) {
            pulse.pass(Duration.ofSeconds(2));
            printer.say("a word");
            assertEquals("a word\n", screen());
            pulse.pass(Duration.ofSeconds(1));
            assertEquals("a word\nWaiting … 3 s", screen());
            printer.line("an answer");
            assertEquals("a word\n", screen());
        }
        assertEquals("an answer\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aLineFitsTheTerminalAndSteersNothing() {
        try (var _ =
                progress.begin("Waiting for\u001b[2J http://" + "long.".repeat(9) + "example")) {
            pulse.pass(Duration.ofSeconds(1));
            assertEquals("Waiting for[2J http://long.long.long.l…", screen());
            assertEquals(39, screen().length());
        }
        assertFalse(shown().contains("\u001b"), "no escape is needed, so NO_COLOR is kept too");
    }

    @Test
    void whereALineCannotBeTakenAwayNothingIsTold() {
        Progress nowhere = new Progress(terminal(0), pulse);
        try (Progress.Step step = nowhere.begin("Waiting")) {
            step.at("somewhere");
            assertFalse(pulse.beats());
            pulse.pass(Duration.ofSeconds(60));
        }
        assertEquals("", shown());
    }

    @Test
    void aProgramThatIsToldToEndLeavesNoLineBehind() {
        try (var _ = progress.begin("Waiting")) {
            pulse.pass(Duration.ofSeconds(2));
            progress.end();
            assertEquals("", screen());
            pulse.pass(Duration.ofSeconds(2));
            assertEquals("", screen());
        }
        try (var _ = progress.begin("Waiting again")) {
            pulse.pass(Duration.ofSeconds(2));
        }
        assertEquals("", screen());
    }

    private Terminal terminal(int columns) {
        return new Terminal(
                InputStream.nullInputStream(),
                stream("standard output", out),
                stream("standard error", err),
                false,
                columns);
    }

    private static PrintStream stream(String place, ByteArrayOutputStream bytes) {
        return new PrintStream(
                Emissions.OF_THIS_RUN.into(place, bytes), true, StandardCharsets.UTF_8);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** What stands on the terminal, which writes over what it has behind a carriage return. */
    private String screen() {
        StringBuilder screen = new StringBuilder();
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (char letter : shown().toCharArray()) {
            if (letter == '\r') {
                column = 0;
            } else if (letter == '\n') {
                screen.append(line.toString().stripTrailing()).append('\n');
                line.setLength(0);
                column = 0;
            } else {
                line.replace(column, Math.min(column + 1, line.length()), String.valueOf(letter));
                column++;
            }
        }
        return screen + line.toString().stripTrailing();
    }
}
