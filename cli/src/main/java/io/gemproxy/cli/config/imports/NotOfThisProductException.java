package io.gemproxy.cli.config.imports;

/** A file is not what it was said to be; the message is for the user and holds nothing of it. */
final class NotOfThisProductException extends Exception {
    NotOfThisProductException(String message) {
        super(message);
    }
}
