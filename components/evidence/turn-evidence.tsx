import { ClaimEvidence } from '#src/components/evidence/claim-evidence.tsx';
import { Decision } from '#src/components/evidence/decision.tsx';
import { Payload } from '#src/components/evidence/payload.tsx';
import { TurnLatency } from '#src/components/evidence/turn-latency.tsx';
import { TurnModel } from '#src/components/evidence/turn-model.tsx';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { AgentTurn, CallerTurn, CallNote } from '#src/lib/calls/call-item.ts';
import { replyBudgetMs } from '#src/lib/calls/call-view.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';
import { turnTiming } from '#src/lib/calls/turn-timing.ts';
import { heardReply } from '#src/lib/latency/heard-reply.ts';
import { clockTime, durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** What the log knows of something said, or of something that happened between the turns. */
export function TurnEvidence({
  item,
  events,
  heard,
  onSeek,
  onChoose,
}: {
  item: CallerTurn | AgentTurn | CallNote;
  events: readonly CallEvent[];
  heard: HeardFigures | null;
  onSeek: (ms: number) => void;
  onChoose: (id: string) => void;
}) {
  const timing = item.kind === 'agent' ? turnTiming(events, item.id) : null;
  return (
    <>
      <div className="border-b border-line px-4 py-2.5 desk:pl-[26px]">
        <h2 className="font-bold">
          {item.kind === 'note' ? 'Remark' : item.kind === 'caller' ? 'Said by the caller' : 'Said by the agent'}
        </h2>
        {item.at !== null && <p className="text-sm text-ink-3">at {clockTime(item.at)}</p>}
      </div>
      <div className="grid gap-3.5 px-4 pt-2.5 pb-5 desk:pl-[26px]">
        <ul className="grid gap-px">
          {item.kind === 'caller' && callerFacts(item, onSeek)}
          {item.kind === 'agent' && agentFacts(item, heardReply(heard, item.span), onSeek)}
          {item.kind === 'note' && (
            <Decision
              glyph={item.tone === 'failed' ? 'failed' : item.tone === 'waiting' ? 'waiting' : 'ok'}
              onSeek={onSeek}
            >
              {visibleText(item.text)}
            </Decision>
          )}
        </ul>
        {timing && <TurnLatency timing={timing} />}
        {timing && <TurnModel timing={timing} events={events} />}
        {item.kind === 'agent' && <ClaimEvidence claims={item.claims} onChoose={onChoose} />}
        {item.kind === 'note' && item.detail && <Payload title="In its own words" value={item.detail} />}
        {item.kind === 'agent' && item.cut && (
          <>
            <Payload title="Heard" value={item.cut.heard} />
            <Payload title="Made, but never heard" value={item.cut.unheard} />
          </>
        )}
      </div>
    </>
  );
}

function callerFacts(turn: CallerTurn, onSeek: (ms: number) => void) {
  const spokenMs = turn.spans.reduce((sum, span) => sum + (span.to ?? span.from) - span.from, 0);
  return (
    <>
      <Decision glyph={turn.understood ? 'ok' : 'failed'} onSeek={onSeek}>
        {turn.source === 'typed'
          ? 'Typed, not spoken.'
          : turn.understood
            ? `Spoken for ${durationWords(spokenMs)}.`
            : 'Not understood well enough to act on: the agent asked again, and no tool ran.'}
      </Decision>
      {turn.confidence !== null && (
        <Decision glyph={turn.understood ? 'ok' : 'off'} onSeek={onSeek}>
          Heard with a confidence of <span className="mono">{turn.confidence.toFixed(2)}</span>.
        </Decision>
      )}
      {turn.interrupted && (
        <Decision glyph="off" onSeek={onSeek}>
          The caller cut in while the agent was speaking.
        </Decision>
      )}
    </>
  );
}

function agentFacts(turn: AgentTurn, heardMs: number | null, onSeek: (ms: number) => void) {
  const slow = turn.delayMs !== null && turn.delayMs > replyBudgetMs;
  return (
    <>
      {turn.delayMs !== null && (
        <Decision glyph={slow ? 'waiting' : 'ok'} onSeek={onSeek}>
          Began {durationWords(turn.delayMs)} after the caller's last sound
          {slow && `, over the budget of ${durationWords(replyBudgetMs)}`}.
        </Decision>
      )}
      {heardMs !== null && (
        <Decision glyph={heardMs > replyBudgetMs ? 'waiting' : 'ok'} onSeek={onSeek}>
          Heard {durationWords(heardMs)} after the caller's last sound, measured on the recording.
        </Decision>
      )}
      {turn.span.to !== null && (
        <Decision glyph="ok" onSeek={onSeek}>
          Spoken for {durationWords(turn.span.to - turn.span.from)}.
        </Decision>
      )}
      {turn.cut && (
        <Decision glyph="off" at={turn.cut.at} onSeek={onSeek}>
          The caller cut in. The model was told only what was heard.
        </Decision>
      )}
    </>
  );
}
