package io.gemproxy.server.state;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Values that are added one after the other, each a {@link DurableFile} with a number; the oldest
 * give way. For its owner alone. Who adds holds the lock of the state directory.
 */
public final class DurableSeries<T> {
    private static final System.Logger LOG = System.getLogger(DurableSeries.class.getName());
    private static final Pattern NAME = Pattern.compile("([0-9]{8})\\.json");

    private final Path parent;
    private final Path directory;
    private final Class<T> type;
    private final int mostValues;
    private final long mostBytes;

    private DurableSeries(Path parent, String name, Class<T> type, int mostValues, long mostBytes) {
        this.parent = parent;
        this.directory = parent.resolve(name);
        this.type = type;
        this.mostValues = mostValues;
        this.mostBytes = mostBytes;
    }

    /**
     * The series in a directory inside a state directory.
     *
     * @param type a record of plain values, what Jackson makes of it is the form
     * @param mostValues that are kept
     * @param mostBytes of all files together; the newest is kept whatever its size
     */
    public static <T> DurableSeries<T> in(
            Path stateDirectory, String name, Class<T> type, int mostValues, long mostBytes) {
        return new DurableSeries<>(stateDirectory, name, type, mostValues, mostBytes);
    }

    /** The numbers there are, rising. */
    public List<Integer> numbers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> NAME.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .map(name -> Integer.valueOf(name.group(1)))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
    }

    /** The value of a number; empty if there is none or it is damaged, which is said aloud. */
    public Optional<T> read(int number) throws IOException {
        try {
            return file(number).read();
        } catch (StateDamaged lost) {
            LOG.log(Level.WARNING, "state: {0}", lost.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Returns the value's number once the value is on the medium.
     *
     * @throws IOException if that is not certain
     */
    public int add(T value) throws IOException {
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Ownership.adopt(directory, parent);
        List<Integer> numbers = numbers();
        int number = numbers.isEmpty() ? 1 : numbers.getLast() + 1;
        file(number).replace(value);
        forget(numbers, number);
        return number;
    }

    private void forget(List<Integer> older, int newest) throws IOException {
        long bytes = Files.size(path(newest));
        int kept = 1;
        for (int number : older.reversed()) {
            bytes += Files.size(path(number));
            kept++;
            if (kept > mostValues || bytes > mostBytes) {
                Files.deleteIfExists(path(number));
            }
        }
    }

    private DurableFile<T> file(int number) {
        return DurableFile.in(directory, name(number), type);
    }

    private Path path(int number) {
        return directory.resolve(name(number));
    }

    private static String name(int number) {
        return String.format("%08d.json", number);
    }
}
