package io.gemproxy.server.exchange;

/**
 * Which Google project an answer spoke of, as its number in {@code consumer: projects/N}. It can be
 * compared and nothing else: the number is nobody's business but the pool's, so it does not print.
 */
public final class LearntProject {
    private final String number;

    private LearntProject(String number) {
        this.number = number;
    }

    /**
     * @param number never blank
     */
    public static LearntProject of(String number) {
        return new LearntProject(number);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LearntProject that && number.equals(that.number);
    }

    @Override
    public int hashCode() {
        return number.hashCode();
    }

    @Override
    public String toString() {
        return "projects/****";
    }
}
