package io.gemproxy.server.admin;

import io.gemproxy.server.authentication.sessions.AdminSessions;
import io.gemproxy.server.authentication.sessions.PasswordLogin;

/**
 * Who may log in and who is.
 *
 * @param login judges passwords
 * @param sessions those that are open
 */
public record SessionDesk(PasswordLogin login, AdminSessions sessions) {}
