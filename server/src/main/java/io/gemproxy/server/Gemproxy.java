package io.gemproxy.server;

import io.gemproxy.server.admin.AdminAuthenticator;
import io.gemproxy.server.admin.AdminRoutes;
import io.gemproxy.server.admin.AdminSources;
import io.gemproxy.server.admin.SelfProbe;
import io.gemproxy.server.admin.ServerStatus;
import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.gemini.ErrorScrubber;
import io.gemproxy.server.keys.AffinityDirectory;
import io.gemproxy.server.keys.KeyConfig;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.UploadSessions;
import io.gemproxy.server.listener.AdminListener;
import io.gemproxy.server.listener.ListenerFailedException;
import io.gemproxy.server.listener.ProxyListener;
import io.gemproxy.server.listener.RequestIds;
import io.gemproxy.server.logging.ApplicationLog;
import io.gemproxy.server.proxy.DepartureWatch;
import io.gemproxy.server.proxy.ProxyAssembly;
import io.gemproxy.server.proxy.ProxyHandler;
import io.gemproxy.server.ratelimit.ClientRateLimiter;
import io.gemproxy.server.upstream.ApacheUpstreamClient;
import io.gemproxy.server.upstream.SecretScrubbing;
import io.gemproxy.server.upstream.UpstreamClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The running server: configuration in, two listeners out, everything closed in reverse order. */
public final class Gemproxy implements AutoCloseable {
}
