package io.gemproxy.server.upstream;

/** What a connection reports to the exchange it carries, so that its deadlines can be kept. */
interface ExchangeProgress {
    /** The connection is established and the request starts. */
    void sending(StrictConnection connection);

    /** A write to the socket starts or has ended. */
    void writing(boolean now);

    /** From here on the upstream may see a complete request. */
    void requestAboutToBeComplete();

    /** The whole request is out. */
    void awaitingHead();

    /** The final head has arrived. */
    void headArrived();

    /** A pooled connection died before the first byte of an answer. */
    void reusedConnectionFailed();

    /** For exchanges nobody watches. */
    ExchangeProgress UNWATCHED =
            new ExchangeProgress() {
                @Override
                public void sending(StrictConnection connection) {}

                @Override
                public void writing(boolean now) {}

                @Override
                public void requestAboutToBeComplete() {}

                @Override
                public void awaitingHead() {}

                @Override
                public void headArrived() {}

                @Override
                public void reusedConnectionFailed() {}
            };
}
