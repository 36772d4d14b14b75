package io.gemproxy.cli;

import io.gemproxy.cli.admin.AdminAccess;
import io.gemproxy.cli.admin.AdminClient;
import io.gemproxy.cli.audit.AuditTailCommand;
import io.gemproxy.cli.audit.AuditVerifyCommand;
import io.gemproxy.cli.budgets.BudgetVerbs;
import io.gemproxy.cli.budgets.BudgetsListCommand;
import io.gemproxy.cli.budgets.BudgetsResetCommand;
import io.gemproxy.cli.cert.CertInspectCommand;
import io.gemproxy.cli.cert.CertSelfSignedCommand;
import io.gemproxy.cli.clientkey.ClientKeyNewCommand;
import io.gemproxy.cli.completion.CompletionCommand;
import io.gemproxy.cli.config.ConfigDiffCommand;
import io.gemproxy.cli.config.ConfigHistoryCommand;
import io.gemproxy.cli.config.ConfigReloadCommand;
import io.gemproxy.cli.config.ConfigRollbackCommand;
import io.gemproxy.cli.config.ConfigShowCommand;
import io.gemproxy.cli.config.ConfigVerbs;
import io.gemproxy.cli.config.InitCommand;
import io.gemproxy.cli.config.ValidateCommand;
import io.gemproxy.cli.config.imports.ImportCommand;
import io.gemproxy.cli.doctor.DoctorCommand;
import io.gemproxy.cli.doctor.Examination;
import io.gemproxy.cli.explain.ExplainCommand;
import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.keys.KeyVerbs;
import io.gemproxy.cli.keys.KeysDisableCommand;
import io.gemproxy.cli.keys.KeysEnableCommand;
import io.gemproxy.cli.keys.KeysListCommand;
import io.gemproxy.cli.keys.KeysShowCommand;
import io.gemproxy.cli.keys.KeysTestCommand;
import io.gemproxy.cli.man.ManPagesCommand;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.server.DrainCommand;
import io.gemproxy.cli.server.ErrorsCommand;
import io.gemproxy.cli.server.MetricsCommand;
import io.gemproxy.cli.server.PerformanceCommand;
import io.gemproxy.cli.server.StatusCommand;
import io.gemproxy.cli.sessions.SessionVerbs;
import io.gemproxy.cli.sessions.SessionsEndCommand;
import io.gemproxy.cli.sessions.SessionsListCommand;
import io.gemproxy.cli.token.TokenInspectCommand;
import io.gemproxy.cli.token.TokenIssueCommand;
import io.gemproxy.cli.token.TokenKeysListCommand;
import io.gemproxy.cli.token.TokenKeysRetireCommand;
import io.gemproxy.cli.token.TokenKeysRotateCommand;
import io.gemproxy.cli.token.TokenRevokeCommand;
import io.gemproxy.cli.token.TokenRevokedCommand;
import io.gemproxy.cli.token.TokenVerbs;
import io.gemproxy.cli.token.TokenVerifyCommand;
import io.gemproxy.cli.token.TokensAtRest;
import io.gemproxy.cli.usage.UsageCommand;
import io.gemproxy.cli.weights.WeightVerbs;
import io.gemproxy.cli.weights.WeightsApplyCommand;
import io.gemproxy.cli.weights.WeightsListCommand;
import io.gemproxy.cli.weights.WeightsRollbackCommand;
import io.gemproxy.cli.weights.WeightsSaveCommand;
import io.gemproxy.cli.weights.WeightsShowCommand;
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
                new Installation(around.environment(), around.workingDirectory(), clock, random);
        AdminAccess access = new AdminAccess(installation, around.environment(), printer);
        AdminClient admin = new AdminClient();
        KeyVerbs keys = new KeyVerbs(access, admin);
        TokenVerbs tokens = new TokenVerbs(access, admin, new TokensAtRest(installation), printer);
        SessionVerbs sessions = new SessionVerbs(access, admin);
        ConfigVerbs configs = new ConfigVerbs(access, admin);
        WeightVerbs weights = new WeightVerbs(access, admin);
        BudgetVerbs budgets = new BudgetVerbs(access, admin);
        makers =
                Map.ofEntries(
                        made(
                                SessionsListCommand.class,
                                () -> new SessionsListCommand(sessions, printer)),
                        made(
                                SessionsEndCommand.class,
                                () -> new SessionsEndCommand(sessions, printer)),
                        made(
                                ValidateCommand.class,
                                () -> new ValidateCommand(installation, printer, in)),
                        made(
                                InitCommand.class,
                                () -> new InitCommand(installation, printer, random)),
                        made(
                                ConfigShowCommand.class,
                                () -> new ConfigShowCommand(installation, printer)),
                        made(
                                ImportCommand.class,
                                () -> new ImportCommand(installation, printer, random, in)),
                        made(
                                ConfigDiffCommand.class,
                                () -> new ConfigDiffCommand(configs, installation, printer, in)),
                        made(
                                ConfigHistoryCommand.class,
                                () -> new ConfigHistoryCommand(configs, printer)),
                        made(
                                ConfigRollbackCommand.class,
                                () -> new ConfigRollbackCommand(configs, printer)),
                        made(
                                WeightsListCommand.class,
                                () -> new WeightsListCommand(weights, printer)),
                        made(
                                WeightsShowCommand.class,
                                () -> new WeightsShowCommand(weights, printer)),
                        made(
                                WeightsSaveCommand.class,
                                () -> new WeightsSaveCommand(weights, printer)),
                        made(
                                WeightsApplyCommand.class,
                                () -> new WeightsApplyCommand(weights, printer)),
                        made(
                                WeightsRollbackCommand.class,
                                () -> new WeightsRollbackCommand(weights, printer)),
                        made(
                                ConfigReloadCommand.class,
                                () -> new ConfigReloadCommand(access, admin, printer)),
                        made(
                                TokenIssueCommand.class,
                                () -> new TokenIssueCommand(installation, printer, clock)),
                        made(
                                TokenInspectCommand.class,
                                () -> new TokenInspectCommand(installation, printer, clock, in)),
                        made(
                                TokenRevokeCommand.class,
                                () ->
                                        new TokenRevokeCommand(
                                                tokens, installation, printer, clock, in)),
                        made(
                                TokenRevokedCommand.class,
                                () -> new TokenRevokedCommand(tokens, printer)),
                        made(
                                TokenKeysListCommand.class,
                                () -> new TokenKeysListCommand(tokens, printer)),
                        made(
                                TokenKeysRotateCommand.class,
                                () -> new TokenKeysRotateCommand(tokens, printer)),
                        made(
                                TokenKeysRetireCommand.class,
                                () -> new TokenKeysRetireCommand(tokens, printer)),
                        made(
                                ClientKeyNewCommand.class,
                                () -> new ClientKeyNewCommand(printer, random)),
                        made(
                                TokenVerifyCommand.class,
                                () -> new TokenVerifyCommand(installation, printer, clock, in)),
                        made(
                                CertSelfSignedCommand.class,
                                () ->
                                        new CertSelfSignedCommand(
                                                installation, printer, clock, random)),
                        made(
                                CertInspectCommand.class,
                                () -> new CertInspectCommand(installation, printer, clock)),
                        made(
                                StatusCommand.class,
                                () -> new StatusCommand(access, admin, printer, clock)),
                        made(
                                MetricsCommand.class,
                                () -> new MetricsCommand(access, admin, printer)),
                        made(
                                PerformanceCommand.class,
                                () -> new PerformanceCommand(access, admin, printer)),
                        made(DrainCommand.class, () -> new DrainCommand(access, admin, printer)),
                        made(
                                ErrorsCommand.class,
                                () -> new ErrorsCommand(access, admin, printer, clock)),
                        made(
                                KeysListCommand.class,
                                () -> new KeysListCommand(keys, printer, clock)),
                        made(
                                KeysShowCommand.class,
                                () -> new KeysShowCommand(keys, printer, clock)),
                        made(
                                KeysTestCommand.class,
                                () -> new KeysTestCommand(keys, printer, clock)),
                        made(
                                KeysEnableCommand.class,
                                () -> new KeysEnableCommand(keys, printer, clock)),
                        made(
                                KeysDisableCommand.class,
                                () -> new KeysDisableCommand(keys, printer, clock)),
                        made(
                                BudgetsListCommand.class,
                                () -> new BudgetsListCommand(budgets, printer)),
                        made(
                                BudgetsResetCommand.class,
                                () -> new BudgetsResetCommand(budgets, printer)),
                        made(
                                ExplainCommand.class,
                                () -> new ExplainCommand(access, admin, printer)),
                        made(UsageCommand.class, () -> new UsageCommand(access, admin, printer)),
                        made(
                                AuditTailCommand.class,
                                () -> new AuditTailCommand(installation, printer, around.pause())),
                        made(
                                AuditVerifyCommand.class,
                                () -> new AuditVerifyCommand(installation, printer)),
                        made(
                                DoctorCommand.class,
                                () ->
                                        new DoctorCommand(
                                                new Examination(installation, clock, random),
                                                printer)),
                        made(
                                ManPagesCommand.class,
                                () -> new ManPagesCommand(installation, printer)),
                        made(CompletionCommand.class, () -> new CompletionCommand(printer)));
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Supplier<?> maker = makers.get(type);
        return maker == null ? plain.create(type) : type.cast(maker.get());
    }

    private static <K> Map.Entry<Class<?>, Supplier<?>> made(Class<K> type, Supplier<K> maker) {
        return Map.entry(type, maker);
    }
}
