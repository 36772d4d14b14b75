package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Verb;
import io.helidon.http.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One path of the admin port with all that can be done there.
 *
 * @param path as in the OpenAPI document
 * @param endpoints at most one for each verb, never empty
 */
record AdminPath(String path, List<Endpoint> endpoints) {
    /** Dots and nothing as a segment, parameters of a segment: read in more than one way. */
    private static final Pattern AMBIGUOUS =
            Pattern.compile("//|;|/(\\.|%2e){1,2}(/|$)|\\\\|%5c", Pattern.CASE_INSENSITIVE);

    AdminPath {
        endpoints = List.copyOf(endpoints);
        if (endpoints.stream().map(Endpoint::access).distinct().count() != 1) {
            throw new IllegalArgumentException(path + " is guarded in more than one way");
        }
    }

    /** Whether a path, as it was sent, can be meant in one way only. */
    static boolean isPlain(String sent) {
        return !AMBIGUOUS.matcher(sent).find();
    }

    /** The endpoints by their paths, in order. */
    static List<AdminPath> of(List<Endpoint> all) {
        Map<String, List<Endpoint>> paths = new LinkedHashMap<>();
        for (Endpoint endpoint : all) {
            paths.computeIfAbsent(endpoint.path(), _ -> new ArrayList<>()).add(endpoint);
        }
        return paths.entrySet().stream()
                .map(entry -> new AdminPath(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** What a method asks for, if this path knows it. */
    Optional<Endpoint> endpoint(Method method) {
        String name = method.equals(Method.HEAD) ? Method.GET.text() : method.text();
        return endpoints.stream()
                .filter(endpoint -> endpoint.verb().name().equals(name))
                .findFirst();
    }

    /** Who may know that the path is there. */
    Endpoint.Access access() {
        return endpoints.getFirst().access();
    }

    /** The value of {@code Allow}. */
    String allowed() {
        List<String> methods = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            methods.add(endpoint.verb().name());
            if (endpoint.verb() == Verb.GET) {
                methods.add("HEAD");
            }
        }
        return String.join(", ", methods);
    }
}
