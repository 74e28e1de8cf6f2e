'use client';
import { useState } from 'react';
import { Payload } from '#src/components/evidence/payload.tsx';
import { Button } from '#src/components/ui/button.tsx';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { sentPrompt } from '#src/lib/calls/sent-prompt.ts';
import type { TurnTiming } from '#src/lib/calls/turn-timing.ts';
import { costWords } from '#src/lib/providers/model-price.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** What the model of a turn read and wrote, and, when asked for, the prompt as it was sent. */
export function TurnModel({ timing, events }: { timing: TurnTiming; events: readonly CallEvent[] }) {
  const [shown, setShown] = useState<number | null>(null);
  const { tokens, rounds } = timing;
  if (rounds.length === 0) return null;
  const prompt = shown === null ? null : sentPrompt(events, shown);
  return (
    <section>
      <h3 className="mb-1 text-sm font-med text-ink-2">Model</h3>
      <p>
        <span className="mono">{visibleText(rounds.at(-1)?.model ?? '')}</span>
        {tokens
          ? ` read ${tokens.input.toLocaleString('en')} tokens and wrote ${tokens.output.toLocaleString('en')}. ${
              tokens.cost === null
                ? 'What that costs is known once its price is given, under Settings, Model providers.'
                : `That cost ${costWords(tokens.cost)}.`
            }`
          : ' does not tell how many tokens it read and wrote, so the cost is not known.'}
      </p>
      <div className="mt-1.5 flex flex-wrap gap-2">
        {rounds.map(({ seq, kept }, at) =>
          kept ? (
            <Button
              key={seq}
              size="sm"
              kind="ghost"
              aria-expanded={shown === seq}
              onClick={() => setShown(shown === seq ? null : seq)}
            >
              {shown === seq ? 'Hide the prompt' : 'Prompt as sent'}
              {rounds.length > 1 && `, round ${at + 1}`}
            </Button>
          ) : null,
        )}
      </div>
      {prompt && (
        <div className="mt-2 grid gap-3">
          <Payload title="Instructions" value={prompt.instructions} />
          <Payload title="Tools on offer" value={prompt.tools.join('\n')} empty="None." />
          <Payload title="Conversation" value={prompt.items} />
        </div>
      )}
    </section>
  );
}
