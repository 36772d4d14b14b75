package io.gemproxy.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows with aligned columns; an empty cell is shown as a dash. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with a heading. */
    public static TextTable headed(String... heading) {
        return new TextTable().row(heading);
    }

    /** Adds a row; all rows have the same number of cells. */
    public TextTable row(String... cells) {
        rows.add(
                Arrays.stream(cells)
                        .map(cell -> cell.isEmpty() ? "-" : Printer.plain(cell))
                        .toList());
        return this;
    }

    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell);
            if (column < cells.size() - 1) {
                line.append(" ".repeat(width(column) - cell.length())).append(GAP);
            }
        }
        return line.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
