package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All that was created, by its name, each thing bound to the project that made it. */
public final class Resources {
    private final ConcurrentSkipListMap<String, Owned> all = new ConcurrentSkipListMap<>();
    private final AtomicLong count = new AtomicLong();
    private final InstantSource clock;

    /** A thing, its project, the bytes it stands for if any, the work it stands for if any. */
    record Owned(
            String project, ObjectNode json, @Nullable Content content, @Nullable BatchJob job) {
        Owned with(ObjectNode changed) {
            return new Owned(project, changed, content, job);
        }
    }

    /** The content of a file: its first bytes, its true length and hash. */
    @SuppressWarnings("ArrayRecordComponent")
    record Content(byte[] kept, long length, String sha256Hex) {}

    public Resources(InstantSource clock) {
        this.clock = clock;
    }

    /** A fresh id of letters and digits, the same in every run. */
    String freshId() {
        String digits = Long.toString(count.incrementAndGet(), 36);
        return "sim000000000".substring(0, 12 - Math.min(9, digits.length())) + digits;
    }

    String now() {
        return clock.instant().toString();
    }

    long epochSecond() {
        return clock.instant().getEpochSecond();
    }

    String later(long seconds) {
        return clock.instant().plusSeconds(seconds).toString();
    }

    void put(String name, String project, ObjectNode json) {
        all.put(name, new Owned(project, json, null, null));
    }

    void put(String name, Owned owned) {
        all.put(name, owned);
    }

    /** The thing, if it exists and belongs to the project. */
    @Nullable Owned get(String name, String project) {
        Owned owned = all.get(name);
        return owned != null && owned.project().equals(project) ? owned : null;
    }

    /** The thing a call names; not found when it is another project's. */
    Owned own(Call call) throws ApiException {
        Owned owned = get(call.resource(), call.project());
        if (owned == null) {
            throw Errors.notFound();
        }
        return owned;
    }

    /** Whether anything has a name with that prefix. */
    boolean some(String prefix) {
        String next = all.ceilingKey(prefix);
        return next != null && next.startsWith(prefix);
    }

    /** Removes everything whose name has that prefix. */
    void removeAll(String prefix) {
        all.keySet().removeIf(name -> name.startsWith(prefix));
    }

    void remove(String name) {
        all.remove(name);
    }

    /** One page of a project's things under a prefix such as "files/". */
    ObjectNode page(Call call, String prefix, String member) {
        return Page.of(call, all(call.project(), prefix), member);
    }

    /** A project's things under a prefix, without what lies below them. */
    List<ObjectNode> all(String project, String prefix) {
        return owned(project, prefix).stream().map(Owned::json).toList();
    }

    /** As {@link #all}, with what they stand for. */
    List<Owned> owned(String project, String prefix) {
        List<Owned> mine = new ArrayList<>();
        for (var entry : all.tailMap(prefix).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            boolean direct = entry.getKey().indexOf('/', prefix.length()) < 0;
            if (direct && entry.getValue().project().equals(project)) {
                mine.add(entry.getValue());
            }
        }
        return mine;
    }

    /** Cuts lists into pages by pageSize and pageToken. */
    static final class Page {
        private Page() {}

        static ObjectNode of(Call call, List<ObjectNode> items, String member) {
            int size = Math.max(1, number(call.parameter("pageSize"), 50));
            int from = Math.min(items.size(), number(call.parameter("pageToken"), 0));
            int to = (int) Math.min(items.size(), (long) from + size);
            ObjectNode page = Json.object();
            if (to > from) {
                ArrayNode list = page.putArray(member);
                items.subList(from, to).forEach(list::add);
            }
            if (to < items.size()) {
                page.put("nextPageToken", Integer.toString(to));
            }
            return page;
        }

        private static int number(@Nullable String text, int otherwise) {
            try {
                return text == null ? otherwise : Math.max(0, Integer.parseInt(text));
            } catch (NumberFormatException notANumber) {
                return otherwise;
            }
        }
    }
}
