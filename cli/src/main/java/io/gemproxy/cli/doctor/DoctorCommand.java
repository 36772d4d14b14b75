package io.gemproxy.cli.doctor;

import io.gemproxy.cli.doctor.Diagnosis.Verdict;
import io.gemproxy.cli.installation.ConfigOption;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Paint;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: the installation from end to end. */
@Command(
        name = "doctor",
        description = "Checks the installation from end to end and says what to do.",
        footer = {
            "",
            "Looks at the configuration, key types, clock, DNS, TLS, certificates, ports, admin socket, state"
                    + " directory, file modes and the way to Google, which is asked once, without a key. Changes"
                    + " nothing.",
            "Exit codes: 0 nothing failed, 1 a check failed.",
            "",
            "Example: gemproxy-cli doctor --config /etc/gemproxy/proxy.yaml"
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final int WORD = 9;

    private final Examination examination;
    private final Printer printer;
    private final Progress progress;

    @Mixin private ConfigOption config = new ConfigOption();

    public DoctorCommand(Examination examination, Printer printer, Progress progress) {
        this.examination = examination;
        this.printer = printer;
        this.progress = progress;
    }

    @Override
    public Integer call() {
        List<Diagnosis> all = found();
        printer.print(() -> text(all), () -> json(all));
        return (count(all, Verdict.FAILED) == 0 ? ExitCode.OK : ExitCode.NO).number();
    }

    private List<Diagnosis> found() {
        try (Progress.Step looking = progress.begin("Examining")) {
            return examination.of(config.source(), looking::at);
        }
    }

    private List<String> text(List<Diagnosis> all) {
        List<String> lines = new ArrayList<>();
        int width = all.stream().mapToInt(it -> it.check().length()).max().orElse(0);
        for (Diagnosis one : all) {
            String name = one.check() + " ".repeat(width - one.check().length());
            lines.add(painted(one.verdict()) + name + "  " + Printer.plain(one.found()));
            one.remedy()
                    .map(remedy -> " ".repeat(WORD + width) + "  do: " + Printer.plain(remedy))
                    .ifPresent(lines::add);
        }
        lines.add("");
        lines.add(
                Humane.count(all.size(), "check")
                        + ": "
                        + count(all, Verdict.FAILED)
                        + " failed, "
                        + Humane.count(count(all, Verdict.WARNING), "warning")
                        + ", "
                        + count(all, Verdict.SKIPPED)
                        + " skipped");
        return lines;
    }

    private String painted(Verdict verdict) {
        String word = verdict.word();
        String gap = " ".repeat(WORD - word.length());
        return switch (verdict) {
            case OK -> printer.paint(Paint.GREEN, word) + gap;
            case WARNING -> printer.paint(Paint.YELLOW, word) + gap;
            case FAILED -> printer.paint(Paint.RED, word) + gap;
            case SKIPPED -> word + gap;
        };
    }

    private static Map<String, Object> json(List<Diagnosis> all) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("healthy", count(all, Verdict.FAILED) == 0);
        json.put("failed", count(all, Verdict.FAILED));
        json.put("warnings", count(all, Verdict.WARNING));
        json.put("skipped", count(all, Verdict.SKIPPED));
        json.put("checks", all.stream().map(Diagnosis::json).toList());
        return json;
    }

    private static long count(List<Diagnosis> all, Verdict verdict) {
        return all.stream().filter(one -> one.verdict() == verdict).count();
    }
}
