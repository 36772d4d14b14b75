package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.usage.UsageTap;
import java.util.List;

/** The account of one answer, settled once: when it has ended, or when it broke off before. */
final class AnswerAccount {
    private final Accounting accounting;
    private final UsageTap tap;
    private final List<HeaderField> head;
    private final Conversation conversation;
    private final Progress progress;
    private boolean settled;

    AnswerAccount(
            Accounting accounting,
            UsageTap tap,
            List<HeaderField> head,
            Conversation conversation,
            Progress progress) {
        this.accounting = accounting;
        this.tap = tap;
        this.head = head;
        this.conversation = conversation;
        this.progress = progress;
    }

    /** All of it was seen; its client may make the next request as soon as it sees the same. */
    void ended() {
        settle(true);
        conversation.spending().settle(progress);
    }

    /** It is over, whole or not. */
    void over() {
        settle(false);
    }

    private void settle(boolean whole) {
        if (!settled) {
            settled = true;
            accounting.settle(tap, whole, head, conversation, progress);
        }
    }
}
