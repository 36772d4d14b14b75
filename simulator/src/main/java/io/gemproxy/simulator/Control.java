package io.gemproxy.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.api.Json;
import io.gemproxy.simulator.faults.Gate;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.http.Exchange;
import io.gemproxy.simulator.record.Recorder;
import io.gemproxy.simulator.record.Seen;
import io.gemproxy.simulator.script.Rule;
import io.gemproxy.simulator.script.Script;
import io.gemproxy.simulator.script.ScriptException;
import io.gemproxy.simulator.script.ScriptParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * What a test outside this process can ask and order under /_sim/; needs no key, is not recorded.
 */
final class Control {
    static final String PREFIX = "/_sim/";
    private static final Set<String> CREDENTIALS =
            Set.of("x-goog-api-key", "authorization", "cookie", "proxy-authorization");
    private final Recorder recorder;
    private final Script script;
    private final ScriptParser parser;
    private final Function<String, Gate> gates;

    Control(Recorder recorder, Script script, ScriptParser parser, Function<String, Gate> gates) {
        this.recorder = recorder;
        this.script = script;
        this.parser = parser;
        this.gates = gates;
    }

    Answer answer(Exchange exchange) throws IOException {
        String path = exchange.head().target().path().substring(PREFIX.length());
        String call = exchange.head().method() + " " + path;
        return switch (call) {
            case "GET requests" ->
                    ok(requests("true".equals(exchange.head().target().parameter("body"))));
            case "DELETE requests" -> {
                recorder.clear();
                yield ok(Json.object());
            }
            case "GET script" -> ok(rules(script.rules()));
            case "POST script" -> add(exchange);
            case "DELETE script" -> {
                script.clear();
                yield ok(Json.object());
            }
            default -> path.startsWith("streams/") ? stream(exchange, call) : unknown();
        };
    }

    private Answer add(Exchange exchange) throws IOException {
        try {
            List<Rule> rules =
                    parser.parse(new String(exchange.body().whole(), StandardCharsets.UTF_8));
            script.add(rules);
            return ok(rules(rules));
        } catch (ScriptException wrong) {
            return told(400, String.valueOf(wrong.getMessage()));
        }
    }

    private static ObjectNode rules(List<Rule> rules) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("rules");
        for (Rule rule : rules) {
            list.addObject().put("line", rule.line()).put("fired", rule.fired());
        }
        return answer;
    }

    private Answer stream(Exchange exchange, String call) {
        String name = call.substring(call.indexOf('/') + 1, call.lastIndexOf('/'));
        Gate gate = gates.apply(name);
        if (call.equals("POST streams/" + name + "/release")) {
            String count = exchange.head().target().query().getOrDefault("n", "1");
            if (!count.matches("[1-9][0-9]{0,8}")) {
                return told(400, "n is a whole number from 1 on");
            }
            gate.release(Integer.parseInt(count));
        } else if (call.equals("POST streams/" + name + "/open")) {
            gate.open();
        } else {
            return unknown();
        }
        return ok(Json.object().put("passed", gate.passed()));
    }

    private ObjectNode requests(boolean bodies) {
        ObjectNode answer = Json.object().put("count", recorder.count());
        ArrayNode list = answer.putArray("requests");
        recorder.all().forEach(seen -> list.add(described(seen, bodies)));
        return answer;
    }

    private static ObjectNode described(Seen seen, boolean withBody) {
        ObjectNode request = Json.object().put("number", seen.number());
        request.put("connection", seen.connection()).put("method", seen.method());
        request.put("path", seen.path()).put("credentialInUrl", seen.credentialInUrl());
        request.put("key", seen.key()).put("project", seen.project());
        ArrayNode headers = request.putArray("headers");
        seen.headers()
                .forEach(header -> {
                    boolean secret = CREDENTIALS.contains(header.name().toLowerCase(Locale.ROOT));
                    headers.addObject()
                            .put("name", header.name())
                            .put("value", secret ? "(hidden)" : header.value());
                });
        request.put("bodyLength", seen.bodyLength()).put("bodySha256", seen.bodySha256());
        if (withBody) {
            request.put("body", seen.bodyText());
        }
        Seen.Outcome outcome = seen.outcome();
        if (outcome != null) {
            request.put("status", outcome.status()).put("answerBytes", outcome.bodyBytes());
            request.put("complete", outcome.complete());
        }
        return request.put("connectionClosed", seen.closed());
    }

    private static Answer unknown() {
        return told(404, "/_sim/ knows requests, script and streams/NAME/release|open");
    }

    private static Answer told(int status, String error) {
        byte[] body = Json.pretty(Json.object().put("error", error));
        return Answer.of(status, "application/json; charset=UTF-8", body);
    }

    private static Answer ok(ObjectNode body) {
        return Answer.of(200, "application/json; charset=UTF-8", Json.pretty(body));
    }
}
