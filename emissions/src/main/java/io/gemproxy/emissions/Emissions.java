package io.gemproxy.emissions;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything the product emitted in one run of tests, and the secrets that must not be in it. A
 * test tells of both where it makes them; {@link EmissionsExtension} judges after each test. For
 * many threads.
 */
public final class Emissions {
    /** Those of this JVM. */
    public static final Emissions OF_THIS_RUN = new Emissions();

    private static final int LEAST = 8;
    private static final int MOST_SOUGHT = 512;

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Set<Channel> unsearched = ConcurrentHashMap.newKeySet();
    private final Set<String> findings = ConcurrentHashMap.newKeySet();
    private final SearchedFiles files = new SearchedFiles(this);
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger othersSecrets = new AtomicInteger();
    private @Nullable SecretSearch search;

    /**
     * Nothing the product emits from now on may hold this secret.
     *
     * @param name what a failure calls it
     * @param value of at least 8 characters; of a very long one its beginning is sought
     * @return the value
     */
    public synchronized String secret(String name, String value) {
        if (value.length() < LEAST) {
            throw new IllegalArgumentException(name + " is too short to be searched for");
        }
        String sought = value.substring(0, Math.min(value.length(), MOST_SOUGHT));
        if (!secrets.containsKey(sought)) {
            boolean taken = secrets.containsValue(name);
            secrets.put(sought, taken ? name + " (" + (secrets.size() + 1) + ")" : name);
            search = null;
        }
        return value;
    }

    /** Searches what is read of the product through the returned stream. */
    public InputStream from(String place, InputStream product) {
        return new SeenInput(product, new Channel(place, this));
    }

    /** Searches what the product writes into the returned stream, which hands it on. */
    public OutputStream into(String place, OutputStream next) {
        return new SeenOutput(next, new Channel(place, this));
    }

    /** Searches these bytes. */
    public void emitted(String place, byte[] all) {
        new Channel(place, this).add(all, 0, all.length);
    }

    /** Searches this text. */
    public void emitted(String place, String text) {
        emitted(place, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Searches all files under this directory now, and after each test as long as it is there. A
     * test that deletes it, or overwrites what is in it, calls this before.
     */
    public void directory(Path directory) {
        files.watch(directory);
    }

    /**
     * This file is not searched: the test writes it, to give the product a secret.
     *
     * @return the file
     */
    public Path given(Path file) {
        files.exempt(file);
        return file;
    }

    /** Adds to the report what a test has searched and judged itself, for secrets of its own. */
    public void searchedElsewhere(long count, int ofSecrets) {
        bytes.addAndGet(count);
        othersSecrets.addAndGet(ofSecrets);
    }

    /**
     * What was found since the last call: which secret, in which form, where. A test that plants a
     * leak calls it, so that the leak is not held against it.
     */
    public Set<String> judge() {
        files.look();
        unsearched.forEach(this::search);
        Set<String> found = new TreeSet<>(findings);
        findings.removeAll(found);
        return found;
    }

    /** How many bytes came. */
    long bytes() {
        return bytes.get();
    }

    /** How many secrets they are searched for. */
    int secrets() {
        return secrets.size() + othersSecrets.get();
    }

    void came(Channel channel, int length) {
        bytes.addAndGet(length);
        unsearched.add(channel);
    }

    void search(Channel channel) {
        unsearched.remove(channel);
        SecretSearch now = search();
        if (now != null) {
            channel.search(now, findings::add);
        }
    }

    private synchronized @Nullable SecretSearch search() {
        if (search == null && !secrets.isEmpty()) {
            Map<String, byte[]> forms = new ConcurrentHashMap<>();
            secrets.forEach((value, name) -> forms.putAll(SecretForms.of(name, value)));
            search = new SecretSearch(forms);
        }
        return search;
    }
}
