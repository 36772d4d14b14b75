package io.gemproxy.server.gemini;

/** What a token stands for, in the words of {@code ModalityTokenCount}. */
public enum Modality {
    TEXT("text"),
    IMAGE("image"),
    AUDIO("audio"),
    VIDEO("video"),
    DOCUMENT("document");

    private final String word;

    Modality(String word) {
        this.word = word;
    }

    /** As written in price lists. */
    public String word() {
        return word;
    }
}
