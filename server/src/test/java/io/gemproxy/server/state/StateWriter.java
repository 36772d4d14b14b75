package io.gemproxy.server.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A process that saves one number after the other and dies by its own hand in the middle. */
final class StateWriter {
    static final int EXIT = 9;

    private StateWriter() {}

    /** Journals this short are often written anew. */
    static Journal<Memory.Entry> journal(StateFiles files, Memory memory) {
        return new Journal<>(files, memory.journal(), 4);
    }

    /**
     * Restores, then goes on counting, and prints each number once it is saved.
     *
     * @param args the directory, and the number of changes to the disk that succeed
     */
    public static void main(String[] args) throws IOException {
        FailingDisk disk = new FailingDisk(new LocalDisk(), () -> Runtime.getRuntime().halt(EXIT));
        StateFiles files = new StateFiles(disk, Path.of(args[0]), InstantSource.system());
        Memory memory = new Memory();
        StateFile file = new StateFile(files, List.of(memory.part()));
        Journal<Memory.Entry> journal = journal(files, memory);
        file.load();
        journal.load();
        disk.failAfter(Integer.parseInt(args[1]), true);
        while (true) {
            memory.number++;
            memory.put("entry-" + memory.number % 5, memory.number);
            file.flush();
            journal.flush();
            System.out.println(memory.number);
        }
    }
}
