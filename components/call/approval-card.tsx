'use client';
import { useMemo, useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export type Approve = (callId: string, toolCallId: string, approved: boolean) => Promise<ActionResult>;

/** Writes of a live call that wait for an operator: what each would do, and the two buttons. */
export function ApprovalCards(props: {
  callId: string;
  tools: readonly ToolCall[];
  approve: Approve;
  onShow: (id: string) => void;
}) {
  const { tools } = props;
  const waiting = useMemo(
    () => tools.filter((call) => call.state === 'waiting' && call.waiting?.for === 'operator'),
    [tools],
  );
  return waiting.map((call) => <ApprovalCard key={call.id} {...props} call={call} />);
}

function ApprovalCard(props: { callId: string; call: ToolCall; approve: Approve; onShow: (id: string) => void }) {
  const { call } = props;
  const [asking, setAsking] = useState(false);
  const decide = async (approved: boolean) => {
    setAsking(true);
    const result = await props.approve(props.callId, call.id, approved);
    if (!result.ok) toast(result.problem.message);
    setAsking(false);
  };
  return (
    <section
      role="alert"
      aria-label={`${call.tool} waits for your approval`}
      className="flex flex-wrap items-center gap-2.5 border-b border-line bg-write-soft px-5 py-2 phone:px-4"
    >
      <Glyph kind="waiting" label={false} />
      <p className="min-w-0 flex-1 phone:basis-[80%]">
        <b className="font-med">{visibleText(call.waiting?.note ?? call.tool)}</b>{' '}
        <span className="text-ink-2">The caller waits for your approval.</span>{' '}
        <button type="button" className="underline underline-offset-2" onClick={() => props.onShow(call.id)}>
          Look at it
        </button>
      </p>
      <Button kind="primary" disabled={asking} onClick={() => void decide(true)}>
        Approve
      </Button>
      <Button disabled={asking} onClick={() => void decide(false)}>
        Do not do it
      </Button>
    </section>
  );
}
