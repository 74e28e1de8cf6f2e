import { and, eq, isNull, sql } from 'drizzle-orm';
import { notFound } from '#src/lib/app-error.ts';
import { questionAnswerSchema } from '#src/lib/mcp/inspect.ts';
import type { JsonSchema } from '#src/lib/mcp/tool-definition.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { inspectorQuestions } from '#src/server/db/schema.ts';
import type { AskPerson, QuestionAnswer } from '#src/server/mcp/mcp-session.ts';

const channel = 'inspector_answers';
const waitMs = 10 * 60_000;

export type OpenQuestion = { id: string; message: string; schema: JsonSchema };

/**
 * Puts a server's questions to whoever watches `tell`. The answer goes through the database, so that any web process may take
 * it; after ten minutes without one the question is called off.
 */
export function askThroughDatabase(
  teamId: string,
  serverId: string,
  tell: (question: OpenQuestion) => void,
): AskPerson {
  return async (question, signal) => {
    const id = newId('ask');
    const limit = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
    await forTeam(teamId, (tx) => tx.insert(inspectorQuestions).values({ id, teamId, serverId }));
    const answers = Promise.withResolvers<QuestionAnswer>();
    const look = async () => {
      const answer = await readAnswer(teamId, id);
      if (answer) answers.resolve(answer);
    };
    // A lost connection may lose the notice, but not the row: it is read again as soon as LISTEN stands.
    const listening = await connection().sql.listen(
      channel,
      (payload) => {
        if (payload === id) look().catch(answers.reject);
      },
      () => void look().catch(() => {}),
    );
    const stop = () => (signal.aborted ? answers.reject(signal.reason) : answers.resolve({ action: 'cancel' }));
    limit.addEventListener('abort', stop, { once: true });
    if (limit.aborted) stop();
    try {
      tell({ id, ...question });
      return await answers.promise;
    } finally {
      limit.removeEventListener('abort', stop);
      await listening.unlisten();
      await forTeam(teamId, (tx) => tx.delete(inspectorQuestions).where(eq(inspectorQuestions.id, id)));
    }
  };
}

/** Answers an open question, once. Throws `not-found` when there is none, or none any more. */
export async function answerQuestion(
  teamId: string,
  serverId: string,
  questionId: string,
  answer: QuestionAnswer,
): Promise<void> {
  const { action, content } = answer;
  const stored = { action, ...(content ? { content } : {}) };
  await forTeam(teamId, async (tx) => {
    const rows = await tx
      .update(inspectorQuestions)
      .set({ answer: stored })
      .where(
        and(
          eq(inspectorQuestions.id, questionId),
          eq(inspectorQuestions.serverId, serverId),
          isNull(inspectorQuestions.answer),
        ),
      )
      .returning({ id: inspectorQuestions.id });
    if (rows.length === 0) throw notFound('open question');
    await tx.execute(sql`select pg_notify(${channel}, ${questionId})`);
  });
}

async function readAnswer(teamId: string, id: string): Promise<QuestionAnswer | null> {
  const [row] = await forTeam(teamId, (tx) =>
    tx.select({ answer: inspectorQuestions.answer }).from(inspectorQuestions).where(eq(inspectorQuestions.id, id)),
  );
  return row?.answer ? questionAnswerSchema.parse(row.answer) : null;
}
