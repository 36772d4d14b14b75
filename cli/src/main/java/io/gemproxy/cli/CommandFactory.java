package io.gemproxy.cli;

import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.audit.AuditTailCommand;
import io.gemproxy.cli.cert.CertSelfSignedCommand;
import io.gemproxy.cli.config.ValidateCommand;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.keys.KeysListCommand;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.server.StatusCommand;
import io.gemproxy.cli.token.TokenInspectCommand;
import io.gemproxy.cli.token.TokenIssueCommand;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes each command with what it needs, when it is asked for. */
final class CommandFactory implements IFactory {
    private final Map<Class<?>, Supplier<?>> makers;
    private final IFactory plain = CommandLine.defaultFactory();

    CommandFactory(Surroundings around, Printer printer) {
        var clock = around.clock();
        var random = around.random();
        var in = around.terminal().in();
        Installation installation =
                new Installation(around.environment(), around.workingDirectory(), clock);
        AdminAccess access =
                new AdminAccess(installation, around.environment(), clock, random, printer);
        AdminClient admin = new AdminClient();
        makers =
                Map.of(
                        ValidateCommand.class,
                        () -> new ValidateCommand(installation, printer, in),
                        TokenIssueCommand.class,
                        () -> new TokenIssueCommand(installation, printer, clock, random),
                        TokenInspectCommand.class,
                        () -> new TokenInspectCommand(installation, printer, clock, in),
                        CertSelfSignedCommand.class,
                        () -> new CertSelfSignedCommand(installation, printer, clock, random),
                        StatusCommand.class,
                        () -> new StatusCommand(access, admin, printer, clock),
                        KeysListCommand.class,
                        () -> new KeysListCommand(access, admin, printer, clock),
                        AuditTailCommand.class,
                        () -> new AuditTailCommand(installation, printer, around.pause()));
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Supplier<?> maker = makers.get(type);
        return maker == null ? plain.create(type) : type.cast(maker.get());
    }
}
