import { Payload } from '#src/components/evidence/payload.tsx';
import { ToolHead } from '#src/components/evidence/tool-head.tsx';
import { responseOf } from '#src/components/evidence/tool-response.ts';
import { ToolTime } from '#src/components/evidence/tool-time.tsx';
import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { declinedWords } from '#src/lib/calls/declined-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** What a reader outside learns of a tool call: which it was, how it ended and how long it took; the rest where it was shared. */
export function SharedToolEvidence({ call, payloads }: { call: ToolCall; payloads: boolean }) {
  return (
    <>
      <div className="border-b border-line px-4 py-2.5 desk:pl-[26px]">
        <ToolHead call={call} />
      </div>
      <div className="grid gap-3.5 px-4 pt-2.5 pb-5 desk:pl-[26px]">
        <p>{outcomeWords(call)}</p>
        <ToolTime call={call} />
        {payloads ? (
          <div className="grid gap-3 min-[1300px]:grid-cols-2">
            <Payload title="Arguments" value={call.arguments} />
            <Payload title="Response" value={responseOf(call)} />
          </div>
        ) : (
          <p className="text-sm text-ink-3">What it was asked and what it answered is not part of this link.</p>
        )}
      </div>
    </>
  );
}

function outcomeWords(call: ToolCall): string {
  const does = call.effect === 'read' ? 'looks something up' : 'changes something';
  if (call.declined) return `It ${does}. It was not done: ${declinedWords(call.declined)}`;
  if (call.failure) return visibleText(call.failure.message);
  if (call.state === 'succeeded') return `It ${does}, and it worked.`;
  return `It ${does}. The call was over before it answered.`;
}
