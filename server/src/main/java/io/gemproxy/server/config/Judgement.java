package io.gemproxy.server.config;

/** A configuration that was read and judged once, to be used for one purpose or several. */
public final class Judgement {
    private final GemproxyConfig config;
    private final Report report;
    private final String source;

    Judgement(GemproxyConfig config, Report report, String source) {
        this.config = config;
        this.report = report;
        this.source = source;
    }

    /**
     * What it comes to for a purpose: all problems are told, but those that do not matter to it do
     * not make the configuration invalid.
     */
    public ConfigResult as(Purpose purpose) {
        return report.hasErrors(purpose)
                ? new ConfigResult.InvalidConfig(report.inOrder(), source)
                : new ConfigResult.LoadedConfig(config, report.inOrder(), source);
    }
}
