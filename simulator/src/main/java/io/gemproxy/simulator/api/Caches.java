package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.http.Answer;
import java.io.IOException;

/** cachedContents: create, list, get, patch, delete. */
final class Caches {
    private final Resources resources;
    private final Models models;

    Caches(Resources resources, Models models) {
        this.resources = resources;
        this.models = models;
    }

    Answer answer(Call call) throws IOException, ApiException {
        if (call.resource().equals("cachedContents")) {
            return call.method().equals("POST")
                    ? create(call)
                    : Call.ok(resources.page(call, "cachedContents/", "cachedContents"));
        }
        Resources.Owned owned = resources.get(call.resource(), call.project());
        if (owned == null) {
            throw Errors.foreignCache();
        }
        return switch (call.method()) {
            case "GET" -> Call.ok(owned.json());
            case "PATCH" -> patch(call, owned.json());
            case "DELETE" -> {
                resources.remove(call.resource());
                yield Call.ok(Json.object());
            }
            default -> throw Errors.notFound();
        };
    }

    private Answer create(Call call) throws IOException, ApiException {
        ObjectNode request = call.json();
        String model = request.path("model").asText();
        String id = model.startsWith("models/") ? model.substring(7) : model;
        if (!models.has(id)) {
            throw Errors.unknownModel(id);
        }
        String name = "cachedContents/" + resources.freshId();
        ObjectNode cache = Json.object().put("name", name).put("model", "models/" + id);
        if (request.has("displayName")) {
            cache.set("displayName", request.get("displayName"));
        }
        cache.put("createTime", resources.now()).put("updateTime", resources.now());
        cache.put("expireTime", resources.later(ttl(request)));
        cache.putObject("usageMetadata").put("totalTokenCount", 1024);
        resources.put(name, call.project(), cache);
        return Call.ok(cache);
    }

    private Answer patch(Call call, ObjectNode old) throws IOException, ApiException {
        ObjectNode request = call.json();
        ObjectNode cache = old.deepCopy().put("updateTime", resources.now());
        cache.put(
                "expireTime",
                request.has("expireTime")
                        ? request.path("expireTime").asText()
                        : resources.later(ttl(request)));
        resources.put(call.resource(), call.project(), cache);
        return Call.ok(cache);
    }

    private static long ttl(ObjectNode request) throws ApiException {
        String ttl = request.path("ttl").asText("3600s");
        try {
            return (long)
                    Double.parseDouble(
                            ttl.endsWith("s") ? ttl.substring(0, ttl.length() - 1) : ttl);
        } catch (NumberFormatException notATime) {
            throw Errors.of(
                    400,
                    "Invalid value at 'cached_content.ttl' (type.googleapis.com/google.protobuf.Duration)");
        }
    }
}
