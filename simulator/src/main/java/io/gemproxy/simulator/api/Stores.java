package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import java.io.IOException;

/** fileSearchStores, their documents and the operations that bring documents in. */
final class Stores {
    private static final String TYPE =
            "type.googleapis.com/google.ai.generativelanguage.v1main.UploadToFileSearchStore";
    private final Resources resources;

    Stores(Resources resources) {
        this.resources = resources;
    }

    Answer answer(Call call) throws IOException, ApiException {
        String resource = call.resource();
        if (resource.equals("fileSearchStores")) {
            return call.method().equals("POST")
                    ? create(call)
                    : Call.ok(resources.page(call, "fileSearchStores/", "fileSearchStores"));
        }
        if (resource.endsWith("/documents") && call.is("GET", "")) {
            owned(call, resource.substring(0, resource.length() - "/documents".length()));
            return Call.ok(resources.page(call, resource + "/", "documents"));
        }
        if (call.is("POST", "importFile")) {
            return importFile(call);
        }
        Resources.Owned owned = resources.own(call);
        if (call.is("GET", "")) {
            return Call.ok(owned.json());
        }
        if (call.is("DELETE", "")) {
            return delete(call);
        }
        throw Errors.notFound();
    }

    private Answer create(Call call) throws IOException, ApiException {
        String name = "fileSearchStores/" + resources.freshId();
        ObjectNode store = Json.object().put("name", name);
        String display = Json.text(call.json(), "displayName", "display_name");
        if (!display.isEmpty()) {
            store.put("displayName", display);
        }
        store.put("createTime", resources.now()).put("updateTime", resources.now());
        resources.put(name, call.project(), store);
        return Call.ok(store);
    }

    private Answer delete(Call call) throws ApiException {
        String inside = call.resource() + "/documents/";
        if (resources.some(inside) && !"true".equals(call.parameter("force"))) {
            throw Errors.of(400, "Cannot delete non-empty FileSearchStore.");
        }
        resources.removeAll(call.resource() + "/");
        resources.remove(call.resource());
        return Call.ok(Json.object());
    }

    private Answer importFile(Call call) throws IOException, ApiException {
        owned(call, call.resource());
        String file = Json.text(call.json(), "fileName", "file_name");
        Resources.Owned source = resources.get(file, call.project());
        if (source == null) {
            throw Errors.foreignFile(file.replace("files/", ""));
        }
        return Call.ok(
                document(
                        call.project(),
                        call.resource(),
                        source.json(),
                        source.json().path("mimeType").asText(),
                        source.json().path("sizeBytes").asText("0"),
                        "/operations/"));
    }

    /** Fails unless the store is the project's. */
    void owned(Call call, String store) throws ApiException {
        if (resources.get(store, call.project()) == null) {
            throw Errors.notFound();
        }
    }

    /** Puts an uploaded document in and says so as a finished operation. */
    ObjectNode uploaded(String project, String store, ObjectNode given, String type, long size) {
        return document(project, store, given, type, Long.toString(size), "/upload/operations/");
    }

    private ObjectNode document(
            String project, String store, ObjectNode given, String type, String size, String kind) {
        String document = store + "/documents/" + resources.freshId();
        ObjectNode json = Json.object().put("name", document);
        json.put("displayName", Json.text(given, "displayName", "display_name"));
        json.put("state", "STATE_ACTIVE").put("sizeBytes", size).put("mimeType", type);
        json.put("createTime", resources.now()).put("updateTime", resources.now());
        resources.put(document, project, json);
        String name = store + kind + resources.freshId();
        ObjectNode operation = Json.object().put("name", name);
        operation.putObject("metadata").put("@type", TYPE + "Metadata");
        operation.put("done", true);
        operation
                .putObject("response")
                .put("@type", TYPE + "Response")
                .put("parent", store)
                .put("documentName", document);
        resources.put(name, project, operation);
        return operation;
    }
}
