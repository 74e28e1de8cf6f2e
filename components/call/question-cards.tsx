'use client';
import { useState } from 'react';
import { QuestionForm } from '#src/components/tools/question-form.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { OpenQuestion } from '#src/lib/calls/call-state.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export type AnswerQuestion = (
  callId: string,
  questionId: string,
  answer: { action: 'accept' | 'decline' | 'cancel'; content?: Record<string, unknown> },
) => Promise<ActionResult>;

/** What servers ask in the middle of a tool call, while its caller waits on the line. */
export function QuestionCards(props: { callId: string; questions: readonly OpenQuestion[]; answer: AnswerQuestion }) {
  return props.questions.map((question) => (
    <QuestionCard key={question.questionId} callId={props.callId} question={question} answer={props.answer} />
  ));
}

function QuestionCard(props: { callId: string; question: OpenQuestion; answer: AnswerQuestion }) {
  const { callId, question } = props;
  const [sending, setSending] = useState(false);
  const send = async (action: 'accept' | 'decline' | 'cancel', content?: Record<string, unknown>) => {
    setSending(true);
    const done = await props.answer(callId, question.questionId, { action, ...(content ? { content } : {}) });
    if (!done.ok) toast(done.problem.message);
    // What was sent is settled by its event; what was refused may be mended.
    setSending(done.ok);
  };
  return (
    <section
      aria-label={`${question.serverName} asks something`}
      className="thin-scroll max-h-[45dvh] flex-none overflow-auto border-b border-line px-5 pt-2 pb-3 phone:px-4"
    >
      <h2 className="font-med">
        {visibleText(question.serverName)} needs an answer for{' '}
        <span className="font-mono">{visibleText(question.tool)}</span>
      </h2>
      <p className="text-sm text-ink-2">The caller waits. What you answer goes to the server and is not kept here.</p>
      <QuestionForm
        question={{ id: question.questionId, message: question.message, schema: question.schema }}
        disabled={sending}
        onAnswer={(action, content) => void send(action, content)}
        onCancel={() => void send('cancel')}
      />
    </section>
  );
}
