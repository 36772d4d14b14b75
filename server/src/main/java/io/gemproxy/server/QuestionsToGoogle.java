package io.gemproxy.server;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.ModelList;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.probing.Answer;
import io.gemproxy.server.probing.Google;
import io.gemproxy.server.probing.Question;
import io.gemproxy.server.upstream.OwnQuestions;
import io.gemproxy.server.upstream.OwnQuestions.Reply;
import java.util.List;

/** Says the questions of probing in Google's words. */
final class QuestionsToGoogle implements Google {
    private static final String MODELS = "/v1beta/models";
    private static final String A_DOT =
            "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\".\"}]}]";

    /** The pool has lost the key since the question was thought of. */
    private static final Reply GONE = new Reply(new AttemptOutcome.Abandoned(), "");

    private final OwnQuestions questions;
    private final KeyPool pool;

    QuestionsToGoogle(OwnQuestions questions, KeyPool pool) {
        this.questions = questions;
        this.pool = pool;
    }

    @Override
    public Answer ask(Question question) {
        return pool.lendForProbe(question.key())
                .map(lease -> ask(question, lease.secret()))
                .orElseGet(() -> answer(GONE));
    }

    private Answer ask(Question question, Secret secret) {
        return switch (question.rung()) {
            case MODELS_LIST -> {
                Reply reply = questions.get(secret, MODELS + "?pageSize=1000", Operation.MODELS);
                yield new Answer(
                        reply.outcome(),
                        reply.outcome() instanceof AttemptOutcome.Succeeded
                                ? ModelList.thatGenerate(reply.body())
                                : List.of());
            }
            case COUNT_TOKENS ->
                    answer(
                            questions.post(
                                    secret,
                                    path(question, "countTokens"),
                                    "{" + A_DOT + "}",
                                    Operation.COUNT_TOKENS));
            case GENERATE_ONE_TOKEN ->
                    answer(
                            questions.post(
                                    secret,
                                    path(question, "generateContent"),
                                    "{" + A_DOT + ",\"generationConfig\":{\"maxOutputTokens\":1}}",
                                    Operation.GENERATE));
        };
    }

    private static Answer answer(Reply reply) {
        return new Answer(reply.outcome(), List.of());
    }

    private static String path(Question question, String method) {
        return MODELS + "/" + question.model().map(ModelName::value).orElseThrow() + ":" + method;
    }
}
