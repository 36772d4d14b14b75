package io.gemproxy.server.proxy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The address of a list, taken apart so that another page can be asked for.
 *
 * @param path without query
 * @param query what it says, decoded where it is read only
 */
record PageQuery(String path, QueryString query) {
    static PageQuery of(String pathAndQuery) {
        int mark = pathAndQuery.indexOf('?');
        return mark < 0
                ? new PageQuery(pathAndQuery, QueryString.of(""))
                : new PageQuery(
                        pathAndQuery.substring(0, mark),
                        QueryString.of(pathAndQuery.substring(mark + 1)));
    }

    /** What the client wants to go on at, as the native API has it. */
    Optional<String> token() {
        return query.parameter("pageToken").or(() -> query.parameter("page_token"));
    }

    /** What the client wants to go on after, as the OpenAI-compatible API has it. */
    Optional<String> after() {
        return query.parameter("after");
    }

    String withToken(String token) {
        return with("pageToken", token);
    }

    String withAfter(String id) {
        return with("after", id);
    }

    private String with(String name, String value) {
        List<String> parameters = new ArrayList<>();
        for (String parameter : query.forwarded().split("&", -1)) {
            if (!parameter.isEmpty() && !isPosition(parameter)) {
                parameters.add(parameter);
            }
        }
        if (!value.isEmpty()) {
            parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
    }

    private static boolean isPosition(String parameter) {
        QueryString one = QueryString.of(parameter);
        return one.parameter("pageToken").isPresent()
                || one.parameter("page_token").isPresent()
                || one.parameter("after").isPresent();
    }
}
