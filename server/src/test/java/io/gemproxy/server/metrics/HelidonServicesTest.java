package io.gemproxy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.emissions.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Which classes of Helidon ask its registry for services. {@link ProcessRegistry} holds those that
 * are asked for here; one that it lacks is an exception in the middle of a request, or silently
 * nothing. Where a new version asks for more, this fails: give it that, or say why not.
 */
class HelidonServicesTest {
    private static final Set<String> REGISTRY =
            Set.of(
                    "io/helidon/service/registry/Services",
                    "io/helidon/service/registry/GlobalServiceRegistry");

    private static final Map<String, String> ASKED =
            Map.ofEntries(
                    Map.entry("common/config/GlobalConfig", "Config: given"),
                    Map.entry("config/Config", "Config: given"),
                    Map.entry("common/mapper/GlobalManager", "MapperManager: given"),
                    Map.entry("metrics/api/MetricsConfigSupport$BuilderDecorator", "Config: given"),
                    Map.entry("metrics/api/MetricsFactoryManager", "Config: given"),
                    Map.entry(
                            "metrics/providers/micrometer/MicrometerMetricsFactory",
                            "Config: given"),
                    Map.entry("config/MetaConfigFinder", "for files of its own, of which none is"),
                    Map.entry("config/MetaProviders", "for files of its own, of which none is"),
                    Map.entry(
                            "common/config/ProvidedUtil$StaticAccessRegistry",
                            "all of a kind: none, as builders are told what they need"),
                    Map.entry(
                            "config/ProvidedUtil$StaticAccessRegistry",
                            "all of a kind: none, as builders are told what they need"),
                    Map.entry("webserver/observe/metrics/MetricsFeature", "not used, ADR 0006"),
                    Map.entry("webserver/observe/metrics/MetricsObserver", "not used, ADR 0006"));

    @Test
    void nobodyAsksTheRegistryForMoreThanIsKnown() throws Exception {
        Set<String> asking = new TreeSet<>();
        for (String place : classPath()) {
            String name = new File(place).getName();
            if (name.matches("helidon-(?!service-registry|.*testing).*[.]jar")) {
                asking.addAll(asking(place));
            }
        }
        assertEquals(
                new TreeMap<>(ASKED).keySet(),
                asking.stream()
                        .map(name -> name.replaceFirst("^io/helidon/", ""))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static List<String> classPath() {
        return Pattern.compile(File.pathSeparator).splitAsStream(ChildJvm.classPath()).toList();
    }

    private static Set<String> asking(String jar) throws IOException {
        Set<String> names = new TreeSet<>();
        try (var file = new JarFile(jar)) {
            for (var entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
                    try (var in = file.getInputStream(entry)) {
                        if (members(in.readAllBytes())
                                .map(member -> member.owner().asInternalName())
                                .anyMatch(REGISTRY::contains)) {
                            names.add(name.substring(0, name.length() - ".class".length()));
                        }
                    }
                }
            }
        }
        return names;
    }

    private static Stream<MemberRefEntry> members(byte[] content) {
        return StreamSupport.stream(
                        ClassFile.of().parse(content).constantPool().spliterator(), false)
                .filter(MemberRefEntry.class::isInstance)
                .map(MemberRefEntry.class::cast);
    }
}
