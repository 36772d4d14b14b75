package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.http.Exchange;
import io.gemproxy.simulator.http.Headers;
import io.gemproxy.simulator.http.RequestHead;
import io.gemproxy.simulator.record.Capture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Resumable uploads in pieces, and uploads of one multipart/related request. */
final class Uploads {
    private static final int KEPT = 8 << 20;
    static final String GOOGLE = "https://generativelanguage.googleapis.com";
    private final Resources resources;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, byte[]> finished = new ConcurrentHashMap<>();

    private final Stores stores;

    /** One upload in the making; into a file search store, or (empty) to be a file. */
    private record Session(
            String project, String store, ObjectNode file, String type, Capture received) {}

    Uploads(Resources resources, Stores stores) {
        this.resources = resources;
        this.stores = stores;
    }

    boolean isChunk(RequestHead head) {
        return head.target().path().startsWith("/upload/")
                && head.target().parameter("upload_id") != null;
    }

    Answer start(Call call) throws IOException, ApiException {
        String store = store(call);
        RequestHead head = call.exchange().head();
        String protocol = head.headers().first("X-Goog-Upload-Protocol", "");
        if (protocol.equals("multipart") || "multipart".equals(call.parameter("uploadType"))) {
            return multipart(call, store);
        }
        if (!protocol.equals("resumable")) {
            throw Errors.of(400, "Upload protocol must be resumable or multipart.");
        }
        String type =
                head.headers()
                        .first("X-Goog-Upload-Header-Content-Type", "application/octet-stream");
        ObjectNode file = store.isEmpty() ? Json.child(call.json(), "file") : call.json();
        String id = "upload-" + resources.freshId();
        sessions.put(id, new Session(call.project(), store, file, type, new Capture(KEPT)));
        String url =
                "http://"
                        + head.headers().first("Host", "127.0.0.1")
                        + head.target().path()
                        + "?upload_id="
                        + id
                        + "&upload_protocol=resumable";
        Headers headers =
                new Headers().add("X-Goog-Upload-URL", url).add("X-Goog-Upload-Status", "active");
        headers.add("X-Goog-Upload-Chunk-Granularity", "8388608")
                .add("Content-Type", "text/plain; charset=utf-8");
        return Answer.empty(200, headers);
    }

    /** The store a document goes into; empty for a file; not found when it is another project's. */
    private String store(Call call) throws ApiException {
        // /upload/v1beta/fileSearchStores/x:uploadToFileSearchStore
        String resource = Gemini.behindVersion("/" + call.resource());
        if (resource.equals("files") && call.verb().isEmpty()) {
            return "";
        }
        if (!call.verb().equals("uploadToFileSearchStore")) {
            throw Errors.notFound();
        }
        stores.owned(call, resource);
        return resource;
    }

    Answer chunk(Exchange exchange) throws IOException, ApiException {
        String id = exchange.head().target().query().getOrDefault("upload_id", "");
        byte[] answer = finished.get(id);
        if (answer != null) {
            exchange.body().readAllBytes();
            return last(answer);
        }
        Session session = sessions.get(id);
        if (session == null) {
            throw Errors.notFound();
        }
        String command = exchange.head().headers().first("X-Goog-Upload-Command", "");
        if (command.contains("query")) {
            return status(session, "active");
        }
        if (command.contains("cancel")) {
            sessions.remove(id);
            return status(session, "cancelled");
        }
        if (command.contains("upload")) {
            receive(exchange, session);
        }
        if (!command.contains("finalize")) {
            return status(session, "active");
        }
        sessions.remove(id);
        byte[] made = Json.pretty(finished(session));
        finished.put(id, made);
        return last(made);
    }

    /** Said again to whoever asks again. */
    private static Answer last(byte[] made) {
        Headers headers =
                new Headers()
                        .add("X-Goog-Upload-Status", "final")
                        .add("Content-Type", "application/json; charset=UTF-8");
        return new Answer(200, headers, new Answer.Whole(made));
    }

    private static void receive(Exchange exchange, Session session)
            throws IOException, ApiException {
        String offset = exchange.head().headers().first("X-Goog-Upload-Offset", "0");
        if (!offset.equals(Long.toString(session.received().length()))) {
            throw Errors.of(
                    400,
                    "Invalid request. X-Goog-Upload-Offset does not match the bytes received.");
        }
        byte[] block = new byte[64 * 1024];
        for (int count = exchange.body().read(block);
                count >= 0;
                count = exchange.body().read(block)) {
            session.received().bytes(block, 0, count);
        }
    }

    private ObjectNode finished(Session session) {
        Capture all = session.received();
        if (!session.store().isEmpty()) {
            return stores.uploaded(
                    session.project(),
                    session.store(),
                    session.file(),
                    session.type(),
                    all.length());
        }
        Resources.Content content =
                new Resources.Content(all.bytes(), all.length(), all.sha256Hex());
        ObjectNode answer = Json.object();
        answer.set(
                "file",
                Files.create(
                        resources,
                        session.project(),
                        content,
                        session.file(),
                        session.type(),
                        GOOGLE));
        return answer;
    }

    private static Answer status(Session session, String status) {
        Headers headers = new Headers().add("X-Goog-Upload-Status", status);
        return Answer.empty(
                200,
                headers.add(
                        "X-Goog-Upload-Size-Received", Long.toString(session.received().length())));
    }

    private Answer multipart(Call call, String store) throws IOException, ApiException {
        List<Multipart.Part> parts = Multipart.of(call.exchange());
        ObjectNode given =
                Json.parse(parts.get(0).bytes()) instanceof ObjectNode meta ? meta : Json.object();
        ObjectNode file = store.isEmpty() ? Json.child(given, "file") : given;
        Capture received = new Capture(KEPT);
        byte[] media = parts.get(1).bytes();
        received.bytes(media, 0, media.length);
        String mime = file.path("mimeType").asText("application/octet-stream");
        return Call.ok(finished(new Session(call.project(), store, file, mime, received)));
    }
}
