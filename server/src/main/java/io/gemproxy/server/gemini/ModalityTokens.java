package io.gemproxy.server.gemini;

/**
 * Tokens by what they stand for, as far as an answer says; never negative.
 *
 * @param text words
 * @param image pictures
 * @param audio sound
 * @param video moving pictures
 * @param document such as PDF
 */
public record ModalityTokens(long text, long image, long audio, long video, long document) {
    /** Nothing was said. */
    public static final ModalityTokens UNSTATED = new ModalityTokens(0, 0, 0, 0, 0);

    /** Of one modality. */
    public long of(Modality modality) {
        return switch (modality) {
            case TEXT -> text;
            case IMAGE -> image;
            case AUDIO -> audio;
            case VIDEO -> video;
            case DOCUMENT -> document;
        };
    }

    /** Of all modalities. */
    public long sum() {
        return text + image + audio + video + document;
    }

    /** These and so many more of one modality. */
    public ModalityTokens plus(Modality modality, long more) {
        return new ModalityTokens(
                text + (modality == Modality.TEXT ? more : 0),
                image + (modality == Modality.IMAGE ? more : 0),
                audio + (modality == Modality.AUDIO ? more : 0),
                video + (modality == Modality.VIDEO ? more : 0),
                document + (modality == Modality.DOCUMENT ? more : 0));
    }

    /** Both together. */
    public ModalityTokens plus(ModalityTokens other) {
        return new ModalityTokens(
                text + other.text,
                image + other.image,
                audio + other.audio,
                video + other.video,
                document + other.document);
    }
}
