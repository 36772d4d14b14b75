package io.gemproxy.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gemproxy.simulator.Simulator;
import io.gemproxy.simulator.faults.Gate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A small HTTP endpoint by which a test program in another process steers the simulator. */
final class Steering implements AutoCloseable {
    private final Simulator simulator;
    private final HttpServer server;

    Steering(Simulator simulator) throws IOException {
        this.simulator = simulator;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/script", exchange -> answer(exchange, script(exchange)));
        server.createContext("/release/", exchange -> answer(exchange, release(exchange)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Where it listens, without a slash at the end. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private long script(HttpExchange exchange) throws IOException {
        byte[] lines = exchange.getRequestBody().readAllBytes();
        return simulator.script(new String(lines, StandardCharsets.UTF_8)).size();
    }

    /** {@code /release/GATE/COUNT}: how many passed before. */
    private long release(HttpExchange exchange) {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        Gate gate = simulator.stream(path[2]);
        long passed = gate.passed();
        gate.release(Integer.parseInt(path[3]));
        return passed;
    }

    private static void answer(HttpExchange exchange, long number) throws IOException {
        byte[] body = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
