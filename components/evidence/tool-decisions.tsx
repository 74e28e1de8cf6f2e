import { Decision } from '#src/components/evidence/decision.tsx';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { declinedWords } from '#src/lib/calls/declined-words.ts';
import { failureReason } from '#src/lib/calls/failure-reason.ts';
import { progressWords } from '#src/lib/calls/progress-words.ts';
import { toolFacts } from '#src/lib/calls/tool-facts.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** What was decided about a tool call on its way, as list items. */
export function ToolDecisions({ call, onSeek }: { call: ToolCall; onSeek: (ms: number) => void }) {
  const { sent, cached, repeated, chars, tokens, filterProblem } = toolFacts(call);
  const reason = call.failure && failureReason(call.failure.code);
  return (
    <>
      {sent > 0 && (
        <Decision glyph="ok" onSeek={onSeek}>
          Allowed, its arguments fit the server's schema, and its server was within its limits.
        </Decision>
      )}
      {call.effect === 'read' ? (
        <Decision glyph="ok" onSeek={onSeek}>
          No yes needed. It only reads.
        </Decision>
      ) : (
        !repeated && (
          <Decision glyph="write" onSeek={onSeek}>
            It writes: {call.ms === null ? 'it runs' : 'it ran'} once
            {sent > 1 ? ', by the promise of its server.' : ', and is never sent twice on its own.'}
          </Decision>
        )
      )}
      {cached && (
        <Decision glyph="ok" onSeek={onSeek}>
          Answered from the cache. Nothing was sent.
        </Decision>
      )}
      {repeated && (
        <Decision glyph="ok" onSeek={onSeek}>
          The same request was made before. Nothing was sent; the first answer counts.
        </Decision>
      )}
      {call.events.map((event) => (
        <WaitDecision key={event.seq} event={event} call={call} onSeek={onSeek} />
      ))}
      {call.declined && (
        <Decision glyph="off" onSeek={onSeek}>
          Not done, nothing was sent: {declinedWords(call.declined)}
        </Decision>
      )}
      {call.progress && (
        <Decision glyph={call.ms === null ? 'waiting' : 'ok'} onSeek={onSeek}>
          The server told its progress: {progressWords(call.progress)}
        </Decision>
      )}
      {sent > 1 && (
        <Decision glyph="retried" onSeek={onSeek}>
          Tried {sent} times.{' '}
          {call.effect === 'read'
            ? 'Allowed because it only reads.'
            : 'Allowed because its server takes the same key for the same request.'}
        </Decision>
      )}
      {chars && chars.raw !== chars.shaped && (
        <Decision glyph="ok" onSeek={onSeek}>
          The model got {chars.shaped.toLocaleString('en')} of {chars.raw.toLocaleString('en')} characters.
        </Decision>
      )}
      {tokens && (
        <Decision glyph="ok" onSeek={onSeek}>
          {tokens.raw === tokens.shaped
            ? `The answer has ${tokens.shaped.toLocaleString('en')} tokens.`
            : `The model got ${tokens.shaped.toLocaleString('en')} of ${tokens.raw.toLocaleString('en')} tokens.`}
        </Decision>
      )}
      {filterProblem && (
        <Decision glyph="failed" onSeek={onSeek}>
          {filterProblem === 'too-slow'
            ? 'The output filter took longer than 20 ms and was stopped.'
            : 'The output filter could not be applied.'}
        </Decision>
      )}
      {call.failure && (
        <Decision glyph={call.state === 'in-doubt' ? 'doubt' : 'failed'} onSeek={onSeek}>
          <span className="mono">{call.failure.code}</span>
          {reason !== null && <>: {reason}</>}
        </Decision>
      )}
    </>
  );
}

/** Who was waited for, and who said yes. */
function WaitDecision(props: { event: CallEvent; call: ToolCall; onSeek: (ms: number) => void }) {
  const { event, call, onSeek } = props;
  if (event.type === 'tool-waiting')
    return (
      <Decision glyph="waiting" at={event.at ?? call.at} onSeek={onSeek}>
        Waited for {event.data.waitingFor === 'server' ? 'the server' : `a yes of the ${event.data.waitingFor}`}:{' '}
        {visibleText(event.data.note)}
      </Decision>
    );
  if (event.type !== 'tool-confirmed') return null;
  return (
    <Decision glyph="ok" at={event.at ?? call.at} onSeek={onSeek}>
      {event.data.by === 'caller'
        ? 'The caller said yes.'
        : `${visibleText(event.data.name ?? 'An operator')} approved it.`}
    </Decision>
  );
}
