package io.gemproxy.server.authentication.sessions;

import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.RevocationCheck;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Who is logged in. Asking reads memory only; a login, refresh or end is on disk before it is
 * confirmed, the moment of last use within a quarter of the idle timeout.
 */
public final class AdminSessions implements RevocationCheck {
    /** The one account that has a password. */
    public static final String ACCOUNT = "admin";

    /** More at a time there are not; the one that was not used for longest gives way. */
    public static final int MOST = 100;

    /** No session lives longer, however much it is used. */
    public static final Duration LONGEST = Duration.ofDays(30);

    private static final System.Logger LOG = System.getLogger(AdminSessions.class.getName());

    private volatile SessionConfig config;
    private volatile TokenBinding binding;
    private final SessionTokenNames names;
    private final TokenIssuer issuer;
    private final SessionBook book;
    private final InstantSource clock;
    private final ReentrantLock changing = new ReentrantLock();

    /**
     * @param kept by an earlier process
     * @param issuer mints their tokens
     * @param random cryptographically strong
     */
    public AdminSessions(
            SessionList kept,
            SessionConfig config,
            AuthenticationConfig authentication,
            TokenIssuer issuer,
            SessionList.Store store,
            RandomGenerator random,
            InstantSource clock) {
        this.config = config;
        this.binding = new TokenBinding(authentication);
        this.names = new SessionTokenNames(random);
        this.issuer = issuer;
        this.clock = clock;
        this.book = new SessionBook(kept, store, () -> this.config.idleTimeout(), clock);
    }

    /**
     * Takes over other settings. Another admin password ends all sessions: whoever learnt the old
     * one may be the reason for it.
     *
     * @return how many it ended
     */
    public int reconfigure(SessionConfig next, AuthenticationConfig authentication) {
        changing.lock();
        try {
            config = next;
            TokenBinding other = new TokenBinding(authentication);
            if (other.equals(binding)) {
                return 0;
            }
            binding = other;
            return endOfAll();
        } finally {
            changing.unlock();
        }
    }

    /** The settings that hold now. */
    public SessionConfig config() {
        return config;
    }

    /** Those that are still on disk belong to the old password and so to nobody. */
    private int endOfAll() {
        try {
            return endAll();
        } catch (IOException unsaved) {
            LOG.log(Level.WARNING, "sessions of the old password are over, but still on file");
            return 0;
        }
    }

    /** True of a token of a session that does not live, or has a newer token. */
    @Override
    public boolean revoked(Client client, Optional<Instant> issuedAt) {
        return client.tokenId()
                .filter(SessionTokenNames::isTokenId)
                .filter(token -> of(token).isEmpty())
                .isPresent();
    }

    /**
     * Marks the session of a token as used.
     *
     * @param tokenId the {@code jti} of a token that holds
     * @return its session; empty if it has none
     */
    public Optional<Session> use(String tokenId) {
        Optional<Session> session = of(tokenId);
        if (session.isEmpty()) {
            return session;
        }
        Optional<Session> used = book.use(session.get().id());
        if (book.isBehind()) {
            saveUse();
        }
        return used;
    }

    /** Those that live, the latest login first. */
    public List<Session> list() {
        return book.live().stream()
                .sorted(Comparator.comparing(Session::createdAt).reversed())
                .toList();
    }

    /** When a session ends if nobody uses it from now on. */
    public Instant endsAt(Session session) {
        return session.endsAt(config.idleTimeout());
    }

    /**
     * Opens one, with an id and tokens that nobody knew before.
     *
     * @throws IOException if it is not certainly on disk; then there is none
     */
    public SessionTokens open(String address, Optional<String> userAgent) throws IOException {
        changing.lock();
        try {
            Instant now = clock.instant();
            String id = names.freshId();
            String tokenId = names.freshTokenId(id);
            String refresh = names.freshRefresh(id);
            Session opened =
                    new Session(
                            id,
                            ACCOUNT,
                            now,
                            now,
                            now.plus(LONGEST),
                            address,
                            userAgent.orElse(null),
                            binding.digest(tokenId),
                            binding.digest(refresh),
                            null);
            SessionTokens tokens = tokens(opened, tokenId, refresh, now);
            book.makeRoom(MOST);
            book.keep(opened);
            return tokens;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Exchanges a refresh token for the next pair; the token of before ends.
     *
     * @throws IOException if the next pair is not certainly on disk; then the old one still holds
     */
    public RefreshOutcome refresh(Secret presented) throws IOException {
        String token = presented.open();
        changing.lock();
        try {
            Optional<Session> found = SessionTokenNames.sessionOfRefresh(token).flatMap(this::find);
            if (found.isEmpty()) {
                return new RefreshOutcome.Unknown();
            }
            Session session = found.get();
            if (binding.matches(token, session.refresh())) {
                return new RefreshOutcome.Refreshed(renew(session));
            }
            String former = session.formerRefresh();
            if (former != null && binding.matches(token, former)) {
                end(session.id());
                return new RefreshOutcome.Reused(session.id());
            }
            return new RefreshOutcome.Unknown();
        } finally {
            changing.unlock();
        }
    }

    private SessionTokens renew(Session session) throws IOException {
        Instant now = clock.instant();
        String tokenId = names.freshTokenId(session.id());
        String refresh = names.freshRefresh(session.id());
        Session renewed = session.renewed(now, binding.digest(tokenId), binding.digest(refresh));
        SessionTokens tokens = tokens(renewed, tokenId, refresh, now);
        book.keep(renewed);
        return tokens;
    }

    /** One that lives. */
    public Optional<Session> find(String id) {
        return book.find(id);
    }

    /**
     * Ends one.
     *
     * @return whether there was one
     * @throws IOException if it is over now, but that is not certainly on disk
     */
    public boolean end(String id) throws IOException {
        changing.lock();
        try {
            boolean lived = book.remove(id);
            if (lived) {
                book.save();
            }
            return lived;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Ends all.
     *
     * @return how many there were
     * @throws IOException if they are over now, but that is not certainly on disk
     */
    public int endAll() throws IOException {
        changing.lock();
        try {
            int ended = book.clear();
            book.save();
            return ended;
        } finally {
            changing.unlock();
        }
    }

    private SessionTokens tokens(Session of, String tokenId, String refresh, Instant now) {
        Duration left = Duration.between(now, of.expiresAt());
        Duration lifetime =
                config.tokenLifetime().compareTo(left) < 0 ? config.tokenLifetime() : left;
        String access = issuer.issue(TokenGrant.of(ACCOUNT, lifetime, Role.ADMIN), tokenId);
        return new SessionTokens(of, access, now.plus(lifetime), refresh);
    }

    private Optional<Session> of(String tokenId) {
        return SessionTokenNames.sessionOfTokenId(tokenId)
                .flatMap(this::find)
                .filter(session -> binding.matches(tokenId, session.access()));
    }

    /** Whoever asks does not wait for somebody else's write. */
    private void saveUse() {
        if (changing.tryLock()) {
            try {
                book.save();
            } catch (IOException unsaved) {
                book.putOff();
                LOG.log(Level.WARNING, "the last use of sessions could not be saved", unsaved);
            } finally {
                changing.unlock();
            }
        }
    }
}
