package io.gemproxy.cli.config.imports;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A product whose configuration can be carried over. */
enum Product {
    /** Exported keys, exported groups or {@code .env}. */
    GPT_LOAD("gpt-load") {
        @Override
        Imported read(String text) throws NotOfThisProductException {
            return new GptLoad().read(text);
        }
    },
    /** {@code .env}. */
    GEMINI_BALANCE("gemini-balance") {
        @Override
        Imported read(String text) throws NotOfThisProductException {
            return new GeminiBalance().read(text);
        }
    },
    /** {@code config.yaml}. */
    LITELLM("litellm") {
        @Override
        Imported read(String text) throws NotOfThisProductException {
            return new LiteLlm().read(text);
        }
    };

    private final String word;

    Product(String word) {
        this.word = word;
    }

    /** As it is written on the command line. */
    String word() {
        return word;
    }

    /**
     * What its file says, as far as gemproxy has a counterpart.
     *
     * @throws NotOfThisProductException if it is not such a file
     */
    abstract Imported read(String text) throws NotOfThisProductException;

    private static List<String> words() {
        return Arrays.stream(values()).map(Product::word).toList();
    }

    /** From the word to the product. */
    static final class Converter implements ITypeConverter<Product> {
        @Override
        public Product convert(String word) {
            return Arrays.stream(values())
                    .filter(it -> it.word.equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "expected one of " + words() + " but was '" + word + "'"));
        }
    }

    /** The words, for completion. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words().iterator();
        }
    }
}
