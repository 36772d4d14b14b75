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
import io.gemproxy.cli.output.Progress;
import io.gemproxy.cli.server.Departure;
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
import io.gemproxy.cli.token.TokenJudge;
import io.gemproxy.cli.token.TokenKeysListCommand;
import io.gemproxy.cli.token.TokenKeysRetireCommand;
import io.gemproxy.cli.token.TokenKeysRotateCommand;
import io.gemproxy.cli.token.TokenMint;
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
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Makes each command with what it needs, when it is asked for. One switch over their names: a
 * lambda for each would be made anew at every start.
 */
final class CommandFactory implements IFactory {
    private final IFactory plain = CommandLine.defaultFactory();
    private final Surroundings around;
    private final Printer printer;
    private final Progress progress;
    private final InstantSource clock;
    private final SecureRandom random;
    private final InputStream in;
    private final Installation installation;
    private final AdminAccess access;
    private final AdminClient admin;
    private final KeyVerbs keys;
    private final TokenVerbs tokens;
    private final TokenJudge judge;
    private final SessionVerbs sessions;
    private final ConfigVerbs configs;
    private final WeightVerbs weights;
    private final BudgetVerbs budgets;

    CommandFactory(Surroundings around, Printer printer, Progress progress) {
        this.around = around;
        this.printer = printer;
        this.progress = progress;
        clock = around.clock();
        random = around.random();
        in = around.terminal().in();
        installation =
                new Installation(around.environment(), around.workingDirectory(), clock, random);
        access = new AdminAccess(installation, around.environment(), printer);
        admin = new AdminClient(progress);
        judge = new TokenJudge(installation, clock, progress);
        keys = new KeyVerbs(access, admin);
        tokens = new TokenVerbs(access, admin, new TokensAtRest(installation), printer);
        sessions = new SessionVerbs(access, admin);
        configs = new ConfigVerbs(access, admin);
        weights = new WeightVerbs(access, admin);
        budgets = new BudgetVerbs(access, admin);
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        Object command = made(type.getSimpleName());
        return command == null ? plain.create(type) : type.cast(command);
    }

    private @Nullable Object made(String name) {
        return switch (name) {
            case "SessionsListCommand" -> new SessionsListCommand(sessions, printer);
            case "SessionsEndCommand" -> new SessionsEndCommand(sessions, printer);
            case "ValidateCommand" -> new ValidateCommand(installation, printer, in);
            case "InitCommand" -> new InitCommand(installation, printer, random);
            case "ConfigShowCommand" -> new ConfigShowCommand(configs, installation, printer);
            case "ImportCommand" -> new ImportCommand(installation, printer, random, in);
            case "ConfigDiffCommand" -> new ConfigDiffCommand(configs, installation, printer, in);
            case "ConfigHistoryCommand" -> new ConfigHistoryCommand(configs, printer);
            case "ConfigRollbackCommand" -> new ConfigRollbackCommand(configs, printer);
            case "WeightsListCommand" -> new WeightsListCommand(weights, printer);
            case "WeightsShowCommand" -> new WeightsShowCommand(weights, printer);
            case "WeightsSaveCommand" -> new WeightsSaveCommand(weights, printer);
            case "WeightsApplyCommand" -> new WeightsApplyCommand(weights, printer);
            case "WeightsRollbackCommand" -> new WeightsRollbackCommand(weights, printer);
            case "ConfigReloadCommand" -> new ConfigReloadCommand(access, admin, printer);
            case "TokenIssueCommand" -> {
                TokenMint mint = new TokenMint(installation, access, admin, clock);
                yield new TokenIssueCommand(mint, installation, printer, clock);
            }
            case "TokenInspectCommand" -> new TokenInspectCommand(judge, printer, clock, in);
            case "TokenRevokeCommand" -> new TokenRevokeCommand(tokens, judge, printer, clock, in);
            case "TokenRevokedCommand" -> new TokenRevokedCommand(tokens, printer);
            case "TokenKeysListCommand" -> new TokenKeysListCommand(tokens, printer);
            case "TokenKeysRotateCommand" -> new TokenKeysRotateCommand(tokens, printer);
            case "TokenKeysRetireCommand" -> new TokenKeysRetireCommand(tokens, printer);
            case "ClientKeyNewCommand" -> new ClientKeyNewCommand(printer, random);
            case "TokenVerifyCommand" -> new TokenVerifyCommand(judge, printer, in);
            case "CertSelfSignedCommand" ->
                    new CertSelfSignedCommand(installation, printer, clock, random);
            case "CertInspectCommand" ->
                    new CertInspectCommand(installation, printer, clock, progress);
            case "StatusCommand" -> new StatusCommand(access, admin, printer, clock);
            case "MetricsCommand" -> new MetricsCommand(access, admin, printer);
            case "PerformanceCommand" -> new PerformanceCommand(access, admin, printer);
            case "DrainCommand" -> new DrainCommand(access, admin, departure(), printer);
            case "ErrorsCommand" -> new ErrorsCommand(access, admin, printer, clock);
            case "KeysListCommand" -> new KeysListCommand(keys, printer, clock);
            case "KeysShowCommand" -> new KeysShowCommand(keys, printer, clock);
            case "KeysTestCommand" -> new KeysTestCommand(keys, printer, clock, progress);
            case "KeysEnableCommand" -> new KeysEnableCommand(keys, printer, clock);
            case "KeysDisableCommand" -> new KeysDisableCommand(keys, printer, clock);
            case "BudgetsListCommand" -> new BudgetsListCommand(budgets, printer);
            case "BudgetsResetCommand" -> new BudgetsResetCommand(budgets, printer);
            case "ExplainCommand" -> new ExplainCommand(access, admin, printer);
            case "UsageCommand" -> new UsageCommand(access, admin, printer);
            case "AuditTailCommand" -> new AuditTailCommand(installation, printer, around.pause());
            case "AuditVerifyCommand" -> new AuditVerifyCommand(installation, printer, progress);
            case "DoctorCommand" ->
                    new DoctorCommand(
                            new Examination(installation, clock, random), printer, progress);
            case "ManPagesCommand" -> new ManPagesCommand(installation, printer);
            case "CompletionCommand" -> new CompletionCommand(printer);
            default -> null;
        };
    }

    private Departure departure() {
        return new Departure(access, admin, progress, around.pulse(), around.pause());
    }
}
