package io.gemproxy.simulator.quota;

import io.gemproxy.simulator.http.RequestHead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The keys that exist, and what the credentials of a request are worth. */
public final class Keyring {
    private final Map<String, ApiKey> byValue = new ConcurrentHashMap<>();

    /** What the credentials of a request say. */
    public sealed interface Verdict permits Known, Unknown, Missing, Several, WrongKind {}

    /** One key, known. */
    public record Known(ApiKey key) implements Verdict {}

    /** One key, unknown. */
    public record Unknown() implements Verdict {}

    /** No credential at all. */
    public record Missing() implements Verdict {}

    /** More than one credential. */
    public record Several() implements Verdict {}

    /** A Bearer token where API keys are not taken as one. */
    public record WrongKind() implements Verdict {}

    public void add(ApiKey key) {
        byValue.put(key.value(), key);
    }

    public Collection<ApiKey> keys() {
        return byValue.values();
    }

    /** Looks at x-goog-api-key, key=, Authorization: Bearer and access_token. */
    public Verdict judge(RequestHead head, boolean bearerAllowed) {
        List<String> found = new ArrayList<>(2);
        found.addAll(head.headers().all("x-goog-api-key"));
        addIfThere(found, head.target().parameter("key"));
        int keys = found.size();
        addIfThere(found, bearer(head));
        addIfThere(found, head.target().parameter("access_token"));
        if (found.isEmpty() || (found.size() == 1 && found.getFirst().isEmpty())) {
            return new Missing();
        }
        if (found.size() > 1) {
            return new Several();
        }
        if (keys == 0 && !bearerAllowed) {
            return new WrongKind();
        }
        ApiKey key = byValue.get(found.getFirst());
        return key == null ? new Unknown() : new Known(key);
    }

    private static void addIfThere(List<String> to, @Nullable String value) {
        if (value != null) {
            to.add(value);
        }
    }

    private static @Nullable String bearer(RequestHead head) {
        String value = head.headers().first("Authorization");
        if (value == null) {
            return null;
        }
        int space = value.indexOf(' ');
        return space < 0 ? value : value.substring(space + 1).strip();
    }
}
