package io.gemproxy.server.authentication.signing;

import io.gemproxy.server.authentication.IssuingConfig;
import io.gemproxy.server.authentication.SigningSecret;
import io.gemproxy.server.authentication.SigningSecrets;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Several signing secrets, of which the newest signs. One that another has replaced verifies until
 * the longest token it can have signed has ended, so a rotation costs no live token.
 *
 * <p>The configured secret is the first of the ring. A configured secret that was not there before
 * is the newest: who changes the configuration means it. One that was retired stays so, whatever
 * the configuration says later; where it would be the only one, a new one is made.
 */
public final class SigningRing implements Supplier<SigningSecrets> {
    /** More than any difference of clocks that is allowed for. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** More secrets at a time there are not. */
    public static final int MOST = 5_000;

    private static final int SECRET_BYTES = 48;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final Optional<Secret> configured;
    private final Duration longest;
    private final Optional<Duration> rotation;
    private final RingState.Store store;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final ReentrantLock changing = new ReentrantLock();
    private final boolean isNew;
    private volatile List<RingEntry> entries;
    private volatile SigningSecrets secrets;

    /**
     * @param kept by an earlier process
     * @param configured {@code auth.jwt_secret}
     * @param random cryptographically strong
     */
    public SigningRing(
            RingState kept,
            Optional<Secret> configured,
            IssuingConfig config,
            RingState.Store store,
            RandomGenerator random,
            InstantSource clock) {
        this.configured = configured;
        this.longest = config.maxLifetime().plus(SKEW);
        this.rotation = config.rotation();
        this.store = store;
        this.random = random;
        this.clock = clock;
        this.entries = withConfigured(kept.entries());
        this.isNew = !entries.equals(kept.entries());
        this.secrets = secretsNow();
    }

    @Override
    public SigningSecrets get() {
        return secrets;
    }

    /**
     * Writes the ring if the configured secret was not known before, so that its age is.
     *
     * @throws IOException if that is not certainly on disk
     */
    public void remember() throws IOException {
        if (isNew) {
            store.keep(new RingState(entries));
        }
    }

    /** All that sign or verify now, oldest first. */
    public List<SigningKeyView> list() {
        Instant now = clock.instant();
        return entries.stream()
                .filter(entry -> entry.verifies(longest, now))
                .map(entry -> view(entry, now))
                .toList();
    }

    /**
     * Makes a new secret that signs from now on; the one before only verifies.
     *
     * @throws TooManySecrets if {@value #MOST} sign or verify already
     * @throws IOException if the new ring is not certainly on disk; then nothing has changed
     */
    public SigningKeyView rotate() throws IOException, TooManySecrets {
        changing.lock();
        try {
            Instant now = clock.instant();
            List<RingEntry> next = new ArrayList<>();
            living(now).forEach(entry -> next.add(entry.replacedAt(now)));
            if (next.size() >= MOST) {
                throw new TooManySecrets(MOST);
            }
            RingEntry fresh = fresh(now);
            next.add(fresh);
            keep(next);
            return view(fresh, now);
        } finally {
            changing.unlock();
        }
    }

    /**
     * Ends a secret that only verifies.
     *
     * @param evenIfNeeded whether tokens that live may be lost
     * @throws IOException if that is not certainly on disk; then nothing has changed
     */
    public Retirement retire(String kid, boolean evenIfNeeded) throws IOException {
        changing.lock();
        try {
            Instant now = clock.instant();
            Optional<RingEntry> found =
                    entries.stream()
                            .filter(entry -> entry.kid().equals(kid))
                            .filter(entry -> entry.verifies(longest, now))
                            .findFirst();
            if (found.isEmpty()) {
                return new Retirement.Unknown();
            }
            Instant until = found.get().verifiesUntil(longest);
            if (until == null) {
                return new Retirement.StillSigns();
            }
            if (!evenIfNeeded) {
                return new Retirement.StillNeeded(until);
            }
            keep(
                    living(now).stream()
                            .map(entry -> entry.kid().equals(kid) ? entry.gone() : entry)
                            .filter(SigningRing::isWorthKeeping)
                            .toList());
            return new Retirement.Done();
        } finally {
            changing.unlock();
        }
    }

    /** Makes a new secret if the last one is as old as the configuration allows; true if so. */
    public boolean rotateIfDue() throws IOException, TooManySecrets {
        changing.lock();
        try {
            Instant now = clock.instant();
            if (rotation.isPresent()
                    && age(now).filter(age -> age.compareTo(rotation.get()) >= 0).isPresent()) {
                rotate();
                return true;
            }
            SigningSecrets living = secretsNow();
            if (!living.equals(secrets)) {
                secrets = living;
            }
            return false;
        } finally {
            changing.unlock();
        }
    }

    /** How old the secret is that signs. */
    public Optional<Duration> age(Instant now) {
        return entries.stream()
                .filter(RingEntry::signs)
                .findFirst()
                .map(entry -> Duration.between(entry.createdAt(), now));
    }

    private void keep(List<RingEntry> next) throws IOException {
        store.keep(new RingState(List.copyOf(next)));
        entries = List.copyOf(next);
        secrets = secretsNow();
    }

    /** Without the ended ones, but the configured one, which would else be taken for a new one. */
    private List<RingEntry> living(Instant now) {
        return entries.stream()
                .filter(entry -> isConfigured(entry) || entry.verifies(longest, now))
                .toList();
    }

    private static boolean isWorthKeeping(RingEntry entry) {
        return isConfigured(entry) || !entry.retired();
    }

    private static boolean isConfigured(RingEntry entry) {
        return entry.kid().equals(SigningSecret.CONFIGURED);
    }

    private List<RingEntry> withConfigured(List<RingEntry> kept) {
        String mark = configured.map(Secret::fingerprint).orElse("");
        List<RingEntry> left =
                kept.stream()
                        .filter(it ->
                                !isConfigured(it) || it.retired() || it.fingerprint().equals(mark))
                        .toList();
        if (configured.isEmpty()) {
            return left;
        }
        Instant now = clock.instant();
        List<RingEntry> entries = new ArrayList<>();
        if (left.stream().noneMatch(it -> isConfigured(it) && it.fingerprint().equals(mark))) {
            left.forEach(entry -> entries.add(entry.replacedAt(now)));
            entries.add(new RingEntry(SigningSecret.CONFIGURED, null, mark, now, null, false));
        } else {
            entries.addAll(left);
            if (left.stream().noneMatch(RingEntry::signs)) {
                entries.add(fresh(now));
            }
        }
        return List.copyOf(entries);
    }

    private RingEntry fresh(Instant now) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String material = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byte[] name = new byte[4];
        random.nextBytes(name);
        String kid = DAY.format(now) + "-" + HexFormat.of().formatHex(name);
        String mark = Secret.of(material).fingerprint();
        return new RingEntry(kid, material, mark, now, null, false);
    }

    private SigningSecrets secretsNow() {
        Instant now = clock.instant();
        return new SigningSecrets(
                entries.stream()
                        .filter(entry -> entry.verifies(longest, now))
                        .flatMap(entry -> secret(entry).stream())
                        .toList());
    }

    private Optional<SigningSecret> secret(RingEntry entry) {
        Optional<Secret> secret =
                isConfigured(entry)
                        ? configured
                        : Optional.ofNullable(entry.material()).map(Secret::of);
        return secret.map(it ->
                new SigningSecret(
                        entry.kid(),
                        it,
                        entry.createdAt(),
                        entry.signs()
                                ? SigningSecret.Status.ACTIVE
                                : SigningSecret.Status.VERIFYING));
    }

    private SigningKeyView view(RingEntry entry, Instant now) {
        return new SigningKeyView(
                entry.kid(),
                entry.signs() ? "active" : "verifying",
                entry.createdAt(),
                Duration.between(entry.createdAt(), now).toDays(),
                Optional.ofNullable(entry.verifiesUntil(longest)));
    }
}
