package io.gemproxy.server.config;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Loads the configuration strictly: one file, the environment over it, {@code --set} over both;
 * then judges it. Opens the files the configuration names as configuration, secrets or certificate,
 * for reading, and nothing else; binds nothing, dials nowhere.
 *
 * <p>The server and the command line use this one loader, so what validates is what starts.
 */
public final class ConfigLoader {
    private final InstantSource clock;

    /** All layers of one load, before anything has a type. */
    private record Gathered(Leaves leaves, Report report, String source, List<ConfigFile> files) {}

    /**
     * @param clock tells which keys and certificates have expired
     */
    public ConfigLoader(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Loads to serve, and reports every problem at once. Never throws for what a configuration
     * says.
     */
    public ConfigResult load(ConfigRequest request) {
        return load(request, Purpose.SERVE);
    }

    /** The same for a purpose. */
    public ConfigResult load(ConfigRequest request, Purpose purpose) {
        return judge(request).as(purpose);
    }

    /** The same for purposes that are named later. */
    public Judgement judge(ConfigRequest request) {
        return judged(request, gather(request));
    }

    /** The same, with every value a server would run with and where it comes from. */
    public EffectiveConfig effective(ConfigRequest request, Purpose purpose) {
        Gathered gathered = gather(request);
        ConfigResult result = judged(request, gathered).as(purpose);
        List<EffectiveValue> values =
                new EffectiveValues(gathered.leaves())
                        .all().stream().filter(it -> !hidesAnError(it, gathered.report())).toList();
        return new EffectiveConfig(result, values);
    }

    /** Of what was said but could not be used, the default would be no answer. */
    private static boolean hidesAnError(EffectiveValue value, Report report) {
        return value.layer() == Layer.DEFAULT && report.isErroneous(value.path());
    }

    /**
     * What one setting comes to after all layers, whether the rest can be used or not; empty if it
     * has no value.
     *
     * @param path of a setting that is in no list
     */
    public Optional<EffectiveValue> effective(ConfigRequest request, String path) {
        return new EffectiveValues(gather(request).leaves()).of(path);
    }

    /** The same to serve, with what tells later whether it has changed. */
    public ReadConfig read(ConfigRequest request) {
        Gathered gathered = gather(request);
        return new ReadConfig(
                judged(request, gathered).as(Purpose.SERVE),
                gathered.files(),
                new NamedFiles(request, gathered.source(), gathered.leaves()).all(),
                SettingValues.of(gathered.leaves()));
    }

    private static Gathered gather(ConfigRequest request) {
        Report report = new Report();
        Leaves leaves = new Leaves();
        Optional<SourceFile> source = SourceFile.find(request, report);
        source.ifPresent(file -> walk(file, leaves, report));
        source.ifPresent(file -> warnOfMode(file, leaves, report));
        Overlay overlay = new Overlay(request.environment(), request.sets(), report);
        overlay.applyToSections(leaves);
        References references = new References(request.environment(), report);
        references.resolve(leaves);
        Optional<SourceFile> keys = keysFile(request, leaves, report);
        overlay.applyToEntries(leaves);
        references.resolve(leaves);
        new SecretFiles(request.workingDirectory(), report).read(leaves);
        new SecretFill(request.environment(), leaves, report).fill();
        references.reportUnset(leaves);
        String name = source.map(it -> it.text().name()).orElseGet(() -> sought(request));
        List<ConfigFile> files =
                Stream.of(source, keys)
                        .flatMap(Optional::stream)
                        .flatMap(it -> it.file().stream())
                        .toList();
        return new Gathered(leaves, report, name, files);
    }

    private Judgement judged(ConfigRequest request, Gathered gathered) {
        Leaves leaves = gathered.leaves();
        Report report = gathered.report();
        String source = gathered.source();
        Reading read = new Reading(leaves, report, request.workingDirectory());
        read.checkAll();
        GemproxyConfig config =
                new Assembly(read, leaves, new PricesFile(report).read(request, leaves)).config();
        new Review(config, leaves, report, source).run();
        new AcmeReview(config, leaves, report, source).run();
        new IssuersReview(leaves, report).run();
        Instant now = clock.instant();
        Spot whole = Spot.whole(source);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        new KeysReview(leaves, read, report, today).run(whole);
        new ClientsReview(leaves, report).run();
        LifetimeReview lifetimes = new LifetimeReview(leaves, report);
        lifetimes.issuing(config.issuing());
        lifetimes.sessions(config.sessions());
        new CertificatesReview(config, new TlsAssembly(read, leaves), leaves, report, now, whole)
                .run();
        new ExposureReview(config, leaves, report, whole).run();
        return new Judgement(config, report, source);
    }

    private static String sought(ConfigRequest request) {
        return switch (request.source()) {
            case ConfigSource.Given given -> given.name();
            case ConfigSource.InFile file -> file.path().toString();
            case ConfigSource.Search _ -> "config/proxy.yaml";
        };
    }

    private static void walk(SourceFile file, Leaves leaves, Report report) {
        Optional<Node> root = new YamlGuard(file.text(), report).read();
        root.ifPresent(node -> new YamlWalk(file.text(), leaves, report).document(node));
    }

    private static Optional<SourceFile> keysFile(
            ConfigRequest request, Leaves leaves, Report report) {
        Optional<Leaf> named = leaves.find("gemini.api_keys_file").filter(it -> !it.isBlank());
        if (named.isEmpty()) {
            return Optional.empty();
        }
        if (!leaves.entries(KeySettings.KEYS).isEmpty()) {
            report.add(
                    Rule.GIVEN_TWICE,
                    named.get(),
                    "gemini.api_keys is given too",
                    "keep the list in one place");
            return Optional.empty();
        }
        Optional<SourceFile> found = SourceFile.read(request, named.get(), report);
        found.ifPresent(file -> {
            walkKeys(file, leaves, report);
            warnOfMode(file, leaves, report);
        });
        return found;
    }

    private static void walkKeys(SourceFile file, Leaves leaves, Report report) {
        Optional<Node> root = new YamlGuard(file.text(), report).read();
        root.ifPresent(node -> new YamlWalk(file.text(), leaves, report).keysDocument(node));
    }

    private static void warnOfMode(SourceFile file, Leaves leaves, Report report) {
        file.path()
                .ifPresent(path ->
                        FileModes.ofConfiguration(
                                path, file.text().name(), holdsSecrets(file, leaves), report));
    }

    /** Whether a secret stands in the file itself: not an example, not a reference. */
    private static boolean holdsSecrets(SourceFile file, Leaves leaves) {
        return leaves.all().stream()
                .filter(leaf -> leaf.setting().secret() && leaf.layer() == Layer.FILE)
                .filter(leaf -> leaf.form() != Leaf.Form.ANY && !leaf.isBlank())
                .filter(leaf -> leaf.spot().place().source().equals(file.text().name()))
                .anyMatch(leaf ->
                        !KnownSecrets.isExampleKey(leaf.text()) && !leaf.text().startsWith("${"));
    }
}
