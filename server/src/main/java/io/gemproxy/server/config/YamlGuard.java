package io.gemproxy.server.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Turns text into YAML nodes; what could cost time or memory without bound, or mean something other
 * than it seems, is refused while it is still a stream of events.
 */
final class YamlGuard {
    private static final int MOST_DEPTH = 20;
    private static final int MOST_ALIASES = 50;
    private static final int MOST_EVENTS = 20_000;

    private final SourceText source;
    private final Report report;
    private final LoadSettings settings;
    private int depth;
    private int aliases;
    private int documents;
    private int events;

    YamlGuard(SourceText source, Report report) {
        this.source = source;
        this.report = report;
        this.settings =
                LoadSettings.builder()
                        .setLabel(source.name())
                        .setUseMarks(true)
                        .setAllowNonScalarKeys(true)
                        .setCodePointLimit(SourceText.MOST_BYTES)
                        .build();
    }

    /** The root node; empty for a text without content or one that was refused. */
    Optional<Node> read() {
        try {
            for (Event event : new Parse(settings).parseString(source.text())) {
                if (isRefused(event)) {
                    report.incomplete();
                    return Optional.empty();
                }
            }
            return new Compose(settings).composeString(source.text());
        } catch (MarkedYamlEngineException broken) {
            syntax(SyntaxProblem.of(broken, source));
        } catch (YamlEngineException broken) {
            syntax(SyntaxProblem.unknown());
        }
        return Optional.empty();
    }

    private boolean isRefused(Event event) {
        return switch (event) {
            case DocumentStartEvent start when isOneMore() ->
                    refuse(
                            Rule.MANY_DOCUMENTS,
                            start,
                            "a second YAML document begins here",
                            "remove the line --- and what follows");
            case Event any when areTooManyEvents() ->
                    refuse(
                            Rule.TOO_LARGE,
                            any,
                            "the file holds more than " + MOST_EVENTS + " keys and values",
                            "is it the right file?");
            case AliasEvent alias when areTooManyAliases() ->
                    refuse(
                            Rule.YAML_ALIASES,
                            alias,
                            "more than " + MOST_ALIASES + " aliases",
                            "write the values out");
            case CollectionStartEvent start when start.getTag().isPresent() -> refuseTag(start);
            case CollectionStartEvent start when isTooDeep() ->
                    refuse(
                            Rule.TOO_DEEP,
                            start,
                            "nested more than " + MOST_DEPTH + " levels deep",
                            "no setting needs more than five");
            case CollectionEndEvent _ -> {
                depth--;
                yield false;
            }
            case ScalarEvent scalar when scalar.getTag().isPresent() -> refuseTag(scalar);
            default -> false;
        };
    }

    private boolean areTooManyEvents() {
        events++;
        return events > MOST_EVENTS;
    }

    private boolean isOneMore() {
        documents++;
        return documents > 1;
    }

    private boolean areTooManyAliases() {
        aliases++;
        return aliases > MOST_ALIASES;
    }

    private boolean isTooDeep() {
        depth++;
        return depth > MOST_DEPTH;
    }

    private boolean refuseTag(Event event) {
        return refuse(Rule.YAML_TAG, event, "YAML tags (!…) are not allowed", "remove the tag");
    }

    private boolean refuse(Rule rule, Event event, String what, String fix) {
        report.add(rule, spot(event.getStartMark()), "", what, fix);
        return true;
    }

    private void syntax(SyntaxProblem problem) {
        report.incomplete();
        Spot spot =
                problem.line() == 0
                        ? Spot.whole(source.name())
                        : Excerpts.syntax(source, problem.line(), problem.column());
        SyntaxWords words = problem.words();
        report.add(problem.rule(), spot, "", words.what(), words.fix());
    }

    private Spot spot(Optional<Mark> mark) {
        return mark.map(it -> Excerpts.syntax(source, it.getLine() + 1, it.getColumn() + 1))
                .orElseGet(() -> Spot.whole(source.name()));
    }
}
