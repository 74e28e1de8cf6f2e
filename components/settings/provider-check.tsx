'use client';
import { useState } from 'react';
import type { CheckStep, StepPart } from '#src/components/assistants/pipeline-step.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Input } from '#src/components/ui/field.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { Segmented } from '#src/components/ui/segmented.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import { durationWords } from '#src/lib/time-words.ts';

const parts: { value: StepPart; label: string }[] = [
  { value: 'thinking', label: 'Thinks' },
  { value: 'hearing', label: 'Hears' },
  { value: 'speaking', label: 'Speaks' },
];

/** Makes one tiny request, to tell whether a model of this provider would work in a call. */
export function ProviderCheck({ providerId, check }: { providerId: string; check: CheckStep }) {
  const [part, setPart] = useState<StepPart>('thinking');
  const [model, setModel] = useState('');
  const [result, setResult] = useState<ActionResult<{ ms: number }> | 'running' | null>(null);
  return (
    <form
      method="post"
      aria-label="Check the provider"
      className="mt-4 grid gap-2 border-t border-line pt-3"
      onSubmit={async (event) => {
        event.preventDefault();
        setResult('running');
        setResult(await check({ providerId, part, model }));
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Segmented label="What to check" value={part} choices={parts} onChange={setPart} />
        <Input
          aria-label="Model"
          value={model}
          onChange={(event) => setModel(event.target.value)}
          placeholder="Model"
          className="w-auto! min-w-32 flex-1 font-mono"
          spellCheck={false}
        />
        <Button type="submit" disabled={model.trim() === '' || result === 'running'}>
          {result === 'running' ? 'Checking…' : 'Check'}
        </Button>
      </div>
      <p role="status" className="text-sm">
        {result !== null && result !== 'running' && (
          <span className="flex items-baseline gap-1.5">
            <Glyph kind={result.ok ? 'ok' : 'failed'} />
            {result.ok ? (
              `It works, ${durationWords(result.value.ms)}.`
            ) : (
              <span>
                <span className="text-fail">{result.problem.message}</span> {result.problem.hint}
              </span>
            )}
          </span>
        )}
      </p>
    </form>
  );
}
