import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * One jar of many, without compression. Nothing is lost but signatures, and descriptors of modules,
 * which no class path reads: lists of services become one list; what each library says of itself
 * (manifest, licence, notice) goes to {@code META-INF/libraries/<library>/}. Any other file that
 * two libraries have is an error.
 */
final class OneJar implements AutoCloseable {
    private static final String LIBRARIES = "META-INF/libraries/";

    private static final Pattern LEFT_OUT =
            Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)|(.*/)?module-info\\.class");
    private static final Pattern LIST =
            Pattern.compile("META-INF/services/.*|META-INF/helidon/manifest");
    private static final Pattern OF_ITSELF =
            Pattern.compile(
                    "META-INF/(MANIFEST\\.MF|[^/]*(LICENSE|NOTICE)[^/]*|DEPENDENCIES|INDEX\\.LIST"
                            + "|versions/\\d+/OSGI-INF/.*|helidon/config-metadata\\.json)");
    private static final String CHANGES =
            """
            The files of these libraries are those that their authors published, but for signatures, which were
            left out, and classes that gemproxy's build changed: those in the form of Java 5 and older were
            written in that of Java 8, and equals and hashCode of records and switches over types as methods.
            """;

    /** One for all, so that the same libraries make the same jar anywhere. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final String MANIFEST =
            """
            Manifest-Version: 1.0\r
            Multi-Release: true\r
            \r
            """;

    private final ZipOutputStream out;
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> lists = new LinkedHashMap<>();
    private String library = "";

    OneJar(OutputStream file) throws IOException {
        out = new ZipOutputStream(file);
        put(JarFile.MANIFEST_NAME, MANIFEST.getBytes(StandardCharsets.UTF_8));
        put(LIBRARIES + "CHANGES.txt", CHANGES.getBytes(StandardCharsets.UTF_8));
    }

    /** From here on entries of that library are added. */
    void begin(String name) {
        library = name;
    }

    void add(String name, byte[] content) throws IOException {
        if (LEFT_OUT.matcher(name).matches()) {
            return;
        }
        if (LIST.matcher(name).matches()) {
            ByteArrayOutputStream list =
                    lists.computeIfAbsent(name, unused -> new ByteArrayOutputStream());
            list.writeBytes(content);
            list.write('\n');
            return;
        }
        boolean ofItself = OF_ITSELF.matcher(name).matches();
        put(
                ofItself ? LIBRARIES + library + "/" + name.substring("META-INF/".length()) : name,
                content);
    }

    @Override
    public void close() throws IOException {
        lists.forEach((name, content) -> {
            try {
                put(name, content.toByteArray());
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        });
        out.close();
    }

    private void put(String name, byte[] content) throws IOException {
        String owner = owners.putIfAbsent(name, library);
        if (owner != null) {
            throw new IOException(
                    "both "
                            + owner
                            + " and "
                            + library
                            + " have "
                            + name
                            + ": say in OneJar.java what becomes of it");
        }
        var sum = new CRC32();
        sum.update(content);
        var entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
    }
}
