'use client';
import { Tabs } from 'radix-ui';
import { Payload } from '#src/components/evidence/payload.tsx';
import { ToolActs } from '#src/components/evidence/tool-acts.tsx';
import { ToolDecisions } from '#src/components/evidence/tool-decisions.tsx';
import { ToolHead } from '#src/components/evidence/tool-head.tsx';
import { exchangesOf, ToolMessages } from '#src/components/evidence/tool-messages.tsx';
import { responseOf } from '#src/components/evidence/tool-response.ts';
import { ToolTime } from '#src/components/evidence/tool-time.tsx';
import { Note } from '#src/components/ui/note.tsx';
import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { isRecord } from '#src/lib/json-schema/is-record.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const tab =
  '-mb-px border-b-2 border-transparent py-1.5 text-sm font-med text-ink-3 data-[state=active]:border-accent data-[state=active]:text-ink';

/** All that the log holds on one tool call: what was decided, how long it took, what went out and what came back. */
export function ToolEvidence(props: { call: ToolCall; callId: string; onSeek: (ms: number) => void }) {
  const { call, onSeek } = props;
  return (
    <Tabs.Root defaultValue="evidence">
      <div className="sticky top-0 z-10 border-b border-line bg-surface px-4 pt-2.5 desk:pl-[26px] phone:static phone:rounded-t-2">
        <ToolHead call={call} />
        <Tabs.List className="mt-0.5 flex gap-4" aria-label="About this tool call">
          <Tabs.Trigger value="evidence" className={tab}>
            Evidence
          </Tabs.Trigger>
          <Tabs.Trigger value="messages" className={tab}>
            Messages <span className="ml-0.5 text-xs font-reg text-ink-3">{exchangesOf(call).length}</span>
          </Tabs.Trigger>
          <Tabs.Trigger value="log" className={tab}>
            Log <span className="ml-0.5 text-xs font-reg text-ink-3">{call.events.length}</span>
          </Tabs.Trigger>
        </Tabs.List>
      </div>
      <Tabs.Content value="evidence" className="grid gap-3.5 px-4 pt-2.5 pb-5 desk:pl-[26px]">
        {call.failure && (
          <Note tone="failed">
            <b className="font-med">{visibleText(call.failure.message)}</b>{' '}
            <span className="text-ink-2">
              {call.state === 'in-doubt'
                ? 'Nobody knows whether it happened. It was not sent again; look it up on the other side.'
                : 'The caller heard a safe sentence, not this.'}
            </span>
          </Note>
        )}
        <section>
          <h3 className="mb-1 text-sm font-med text-ink-2">Decisions</h3>
          <ul className="grid gap-px">
            <ToolDecisions call={call} onSeek={onSeek} />
          </ul>
        </section>
        <ToolTime call={call} />
        <div className="grid gap-3 min-[1300px]:grid-cols-2">
          <Payload title="Arguments" value={call.arguments} />
          <Payload
            title="Response"
            value={responseOf(call)}
            empty={call.state === 'waiting' ? 'Not sent yet.' : 'No answer yet.'}
          />
        </div>
        {call.answer !== null && call.answer !== plainAnswer(call) && (
          <Payload title="What the model was given" value={call.answer} />
        )}
        <ToolActs call={call} callId={props.callId} />
      </Tabs.Content>
      <Tabs.Content value="messages" className="grid gap-3.5 px-4 pt-2.5 pb-5 desk:pl-[26px]">
        <ToolMessages call={call} />
      </Tabs.Content>
      <Tabs.Content value="log" className="grid gap-3.5 px-4 pt-2.5 pb-5 desk:pl-[26px]">
        {call.events.map((event) => (
          <Payload key={event.seq} title={`${event.seq} · ${event.type}`} value={event} />
        ))}
      </Tabs.Content>
    </Tabs.Root>
  );
}

/** The answer as the model would get it if nothing were shaped. */
function plainAnswer(call: ToolCall): string {
  if (call.structured !== undefined) return JSON.stringify(call.structured);
  return call.content
    .map((part) => (isRecord(part) && typeof part.text === 'string' ? part.text : JSON.stringify(part)))
    .join('\n');
}
