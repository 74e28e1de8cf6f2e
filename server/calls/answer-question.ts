import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { AppError, notFound } from '#src/lib/app-error.ts';
import { parseEventData } from '#src/lib/calls/call-event.ts';
import type { questionAnswerSchema } from '#src/lib/mcp/inspect.ts';
import { openCallRow } from '#src/server/calls/control-call.ts';
import { sendToAgent } from '#src/server/calls/livekit.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { callEventPayloads, callEvents } from '#src/server/db/schema.ts';
import { checkArguments } from '#src/server/tools/check-arguments.ts';

/** Larger ones do not fit into a message to the agent. */
const mostAnswerBytes = 8_000;

/**
 * Answers what a server asked in a live call. The answer goes to the agent alone, which gives it to the server; it is not kept.
 * Throws `not-found`, `call-over`, `question-closed`, `answer-invalid`, `answer-too-long` or `agent-away`.
 */
export async function answerQuestion(
  teamId: string,
  callId: string,
  questionId: string,
  o: { answer: z.output<typeof questionAnswerSchema>; by: string },
): Promise<void> {
  const call = await openCallRow(teamId, callId);
  const { schema, answered } = await findQuestion(teamId, callId, questionId);
  if (answered)
    throw new AppError('question-closed', 'This question is not open any more.', {
      status: 409,
      hint: 'Someone else may have answered it, or the server waited too long.',
    });
  const { action } = o.answer;
  const content = action === 'accept' ? (o.answer.content ?? {}) : undefined;
  if (content) {
    const checked = checkArguments(schema, content);
    if (!checked.ok)
      throw new AppError('answer-invalid', `The answer does not fit. ${checked.message}`, { status: 400 });
    if (Buffer.byteLength(JSON.stringify(content)) > mostAnswerBytes)
      throw new AppError('answer-too-long', 'The answer is too long.', { status: 400, hint: 'Say it in fewer words.' });
  }
  await sendToAgent(call.room, { type: 'answer', questionId, by: o.by, action, ...(content ? { content } : {}) }).catch(
    (cause: unknown) => {
      throw new AppError('agent-away', 'The agent is not in the call.', { status: 409, retryable: true, cause });
    },
  );
}

async function findQuestion(teamId: string, callId: string, questionId: string) {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .select({ type: callEvents.type, data: callEventPayloads.data })
      .from(callEvents)
      .innerJoin(
        callEventPayloads,
        and(eq(callEventPayloads.callId, callEvents.callId), eq(callEventPayloads.seq, callEvents.seq)),
      )
      .where(
        and(
          eq(callEvents.callId, callId),
          sql`${callEvents.type} in ('question-asked', 'question-answered')`,
          sql`${callEventPayloads.data}->>'questionId' = ${questionId}`,
        ),
      ),
  );
  const asked = rows.find(({ type }) => type === 'question-asked');
  if (!asked) throw notFound('question');
  const { schema } = parseEventData('question-asked', asked.data);
  return { schema, answered: rows.some(({ type }) => type === 'question-answered') };
}
