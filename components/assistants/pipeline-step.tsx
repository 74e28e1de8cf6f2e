'use client';
import { useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Input, Select } from '#src/components/ui/field.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import type { PipelineStep } from '#src/lib/assistants/assistant-config.ts';
import type { Provider } from '#src/lib/providers/provider.ts';
import { durationWords } from '#src/lib/time-words.ts';

export type StepPart = 'hearing' | 'thinking' | 'speaking';
export type CheckStep = (input: {
  providerId: string;
  part: StepPart;
  model: string;
  voice?: string | undefined;
}) => Promise<ActionResult<{ ms: number }>>;

const words: Record<StepPart, { title: string; rehearsal: string; model: string }> = {
  hearing: { title: 'Hears', rehearsal: 'Understands what can be said now', model: 'whisper-1' },
  thinking: { title: 'Thinks', rehearsal: 'Fills in forms, no language model', model: 'gpt-4.1-mini' },
  speaking: { title: 'Speaks', rehearsal: 'A plain voice of this machine', model: 'gpt-4o-mini-tts' },
};

/** One of the three steps of the pipeline: on this machine, or at a provider of the team. */
export function PipelineStepBox(props: {
  part: StepPart;
  step: PipelineStep;
  providers: Provider[];
  readOnly: boolean;
  onChange: (step: PipelineStep) => void;
  check: CheckStep;
  children?: React.ReactNode;
}) {
  const { part, step, providers } = props;
  const [checked, setChecked] = useState<
    { of: PipelineStep; ms: number | null; problem: Problem | null } | 'running' | null
  >(null);
  const own = words[part];
  const result = checked !== 'running' && checked?.of === step ? checked : null;

  const choose = (id: string) =>
    props.onChange(
      id === ''
        ? { kind: 'rehearsal' }
        : { kind: 'provider', providerId: id, model: step.kind === 'provider' ? step.model : own.model },
    );
  const check = async () => {
    if (step.kind !== 'provider') return;
    setChecked('running');
    const done = await props.check({ providerId: step.providerId, part, model: step.model, voice: step.voice });
    setChecked({ of: step, ms: done.ok ? done.value.ms : null, problem: done.ok ? null : done.problem });
  };

  return (
    <div className="min-w-0 rounded-2 border border-line-strong px-[11px] pt-[9px] pb-2.5">
      <div className="flex items-baseline justify-between text-sm font-med text-ink-2">
        {own.title}
        {result?.ms != null && <span className="mono font-reg">{durationWords(result.ms)}</span>}
      </div>
      <Select
        aria-label={`${own.title} with`}
        className="mt-1.5"
        value={step.kind === 'provider' ? step.providerId : ''}
        disabled={props.readOnly}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">Rehearsal, this machine</option>
        {providers.map((provider) => (
          <option key={provider.id} value={provider.id}>
            {provider.name}
          </option>
        ))}
        {step.kind === 'provider' && !providers.some((provider) => provider.id === step.providerId) && (
          <option value={step.providerId}>A provider that was deleted</option>
        )}
      </Select>
      {step.kind === 'rehearsal' ? (
        <>
          <p className="mt-[5px] text-sm text-ink-3">{own.rehearsal}</p>
          {props.children}
        </>
      ) : (
        <div className="mt-2 grid gap-2">
          <Field label="Model">
            {(control) => (
              <Input
                {...control}
                value={step.model}
                readOnly={props.readOnly}
                onChange={(event) => props.onChange({ ...step, model: event.target.value })}
                className="font-mono"
                spellCheck={false}
              />
            )}
          </Field>
          {part === 'speaking' && (
            <Field label="Voice">
              {(control) => (
                <Input
                  {...control}
                  value={step.voice ?? ''}
                  readOnly={props.readOnly}
                  placeholder="alloy"
                  onChange={(event) => props.onChange({ ...step, voice: event.target.value || undefined })}
                  className="font-mono"
                  spellCheck={false}
                />
              )}
            </Field>
          )}
          <div className="flex flex-wrap items-center gap-2">
            <Button size="sm" disabled={checked === 'running' || step.model === ''} onClick={() => void check()}>
              {checked === 'running' ? 'Checking…' : 'Check'}
            </Button>
            {result?.ms != null && (
              <span className="inline-flex items-center gap-1 text-sm text-read">
                <Glyph kind="ok" label={false} /> It works.
              </span>
            )}
          </div>
          {result?.problem && (
            <p role="alert" className="text-sm text-fail">
              {result.problem.message} <span className="text-ink-2">{result.problem.hint}</span>
            </p>
          )}
        </div>
      )}
    </div>
  );
}
