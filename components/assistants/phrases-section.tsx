'use client';
import { useState } from 'react';
import { Section } from '#src/components/assistants/section.tsx';
import { Field, Input, Select, TextArea } from '#src/components/ui/field.tsx';
import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import { phrasesFor } from '#src/lib/assistants/default-phrases.ts';
import { languageNames, spokenLanguageSchema } from '#src/lib/assistants/spoken-language.ts';

type Change = (part: { [K in keyof AssistantConfig]?: AssistantConfig[K] }) => void;

const phrases: { key: keyof AssistantConfig['phrases']; label: string }[] = [
  { key: 'slowTool', label: 'First, while a tool is slow' },
  { key: 'toolFailed', label: 'When a tool failed' },
  { key: 'apology', label: 'When nothing works' },
  { key: 'stillThere', label: 'After a silence' },
];
const row = 'grid-cols-[150px_1fr] items-center phone:grid-cols-1 [&>p]:col-start-2 phone:[&>p]:col-start-1';
const grows = 'min-h-(--ctl) resize-none [field-sizing:content]';

/** Sentences that are said word for word. */
export function PhrasesSection({
  config,
  change,
  readOnly,
}: {
  config: AssistantConfig;
  change: Change;
  readOnly: boolean;
}) {
  // What was left as it was follows the language.
  const spoken = phrasesFor(config);
  return (
    <Section title="Phrases" hint="Said word for word, no model needed.">
      <div className="grid gap-2.5">
        <Field label="Language" className={row}>
          {(control) => (
            <Select
              {...control}
              className="max-w-48"
              disabled={readOnly}
              value={config.language}
              onChange={(event) => change({ language: spokenLanguageSchema.parse(event.target.value) })}
            >
              {spokenLanguageSchema.options.map((language) => (
                <option key={language} value={language}>
                  {languageNames[language]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Greeting" className={row}>
          {(control) => (
            <TextArea
              {...control}
              rows={1}
              className={grows}
              readOnly={readOnly}
              maxLength={500}
              value={config.greeting}
              onChange={(event) => change({ greeting: event.target.value })}
            />
          )}
        </Field>
        {phrases.map(({ key, label }) => (
          <Field
            key={key}
            label={label}
            className={row}
            error={config.phrases[key].trim() === '' ? 'Say something here.' : undefined}
          >
            {(control) => (
              <TextArea
                {...control}
                rows={1}
                className={grows}
                readOnly={readOnly}
                maxLength={300}
                value={spoken[key]}
                onChange={(event) => change({ phrases: { ...config.phrases, [key]: event.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
    </Section>
  );
}

/** What a caller may say in rehearsal, one sentence a line. Blank lines may stand while someone types. */
export function RehearsalSection({
  config,
  change,
  readOnly,
}: {
  config: AssistantConfig;
  change: Change;
  readOnly: boolean;
}) {
  const [text, setText] = useState(config.rehearsalPhrases.join('\n'));
  const shown =
    sentences(text).join('\n') === config.rehearsalPhrases.join('\n') ? text : config.rehearsalPhrases.join('\n');
  return (
    <Section
      title="Rehearsal"
      hint="What callers may say when no provider listens. Names, numbers and dates of the tools are understood anyway."
    >
      <TextArea
        aria-label="Rehearsal phrases, one a line"
        rows={4}
        readOnly={readOnly}
        value={shown}
        placeholder={'how many margherita pizzas are left\nwhat are your opening hours'}
        onChange={(event) => {
          setText(event.target.value);
          change({ rehearsalPhrases: sentences(event.target.value) });
        }}
        className="min-h-24 [field-sizing:content]"
      />
    </Section>
  );
}

function sentences(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().slice(0, 200))
    .filter((line) => line !== '')
    .slice(0, 100);
}

/** When a call ends by itself, and when silence is broken. */
export function LimitsSection({
  config,
  change,
  readOnly,
}: {
  config: AssistantConfig;
  change: Change;
  readOnly: boolean;
}) {
  const set = (key: keyof AssistantConfig['limits'], value: number) => {
    if (Number.isFinite(value)) change({ limits: { ...config.limits, [key]: Math.round(value) } });
  };
  return (
    <Section title="Limits" hint="When a call ends by itself, and when silence is broken.">
      <div className="flex flex-wrap gap-4">
        <Field label="Silence, seconds" help="Then it asks, and as long again, it ends.">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={5}
              max={600}
              readOnly={readOnly}
              value={config.limits.silenceMs / 1000}
              onChange={(event) => set('silenceMs', event.target.valueAsNumber * 1000)}
              className="max-w-28 font-mono"
            />
          )}
        </Field>
        <Field label="Longest call, minutes">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0.5}
              max={120}
              step={0.5}
              readOnly={readOnly}
              value={config.limits.maxDurationMs / 60_000}
              onChange={(event) => set('maxDurationMs', event.target.valueAsNumber * 60_000)}
              className="max-w-28 font-mono"
            />
          )}
        </Field>
        <Field label="Says something after, seconds" help="Of silence, while a tool works.">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0.2}
              max={10}
              step={0.1}
              readOnly={readOnly}
              value={config.limits.fillerAfterMs / 1000}
              onChange={(event) => set('fillerAfterMs', event.target.valueAsNumber * 1000)}
              className="max-w-28 font-mono"
            />
          )}
        </Field>
      </div>
    </Section>
  );
}
