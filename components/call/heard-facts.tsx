import type { ReactNode } from 'react';
import { replyBudgetMs } from '#src/lib/calls/call-view.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';
import { durationWords } from '#src/lib/time-words.ts';

/** What a listener measures on the recording, in one line. */
export function HeardFacts({ heard }: { heard: HeardFigures }) {
  const waits = heard.replies.map(({ ms }) => ms).sort((a, b) => a - b);
  const middle = waits[Math.floor(waits.length / 2)];
  const longest = waits.at(-1);
  const deadMs = heard.deadAir.reduce((sum, { from, to }) => sum + to - from, 0);
  const talkMs = heard.callerMs + heard.agentMs;
  return (
    <dl aria-label="As heard" className="flex min-w-0 flex-wrap items-baseline gap-x-3.5 gap-y-0.5 text-sm">
      {middle !== undefined && longest !== undefined && (
        <Fact name="Answers as heard" bad={longest > replyBudgetMs}>
          {durationWords(middle)} usual, {durationWords(longest)} longest
        </Fact>
      )}
      <Fact name="Dead air" bad={deadMs > 0}>
        {deadMs === 0 ? 'none' : durationWords(deadMs)}
      </Fact>
      <Fact name="Longest silence">{durationWords(heard.longestSilenceMs)}</Fact>
      <Fact name="Both at once">{durationWords(heard.talkOverMs)}</Fact>
      {talkMs > 0 && <Fact name="Agent's share">{Math.round((heard.agentMs / talkMs) * 100)} %</Fact>}
    </dl>
  );
}

function Fact(props: { name: string; bad?: boolean; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5 whitespace-nowrap">
      <dt className="text-ink-3">{props.name}</dt>
      <dd className={`font-mono ${props.bad ? 'text-write' : 'text-ink-2'}`}>{props.children}</dd>
    </div>
  );
}
