'use client';
import { useState } from 'react';
import { DaysField, daysOf, isDays } from '#src/components/settings/days-field.tsx';
import { SettingsSection } from '#src/components/settings/settings-section.tsx';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type PrivacySettings, type PrivateKind, privateKindSchema } from '#src/lib/teams/team-settings.ts';

const kindWords: Record<PrivateKind, string> = {
  card: 'Card numbers',
  email: 'E-mail addresses',
  phone: 'Phone numbers',
};

/** What of calls is kept, and for how long. */
export function Privacy(props: {
  settings: PrivacySettings;
  save: (settings: PrivacySettings) => Promise<ActionResult>;
}) {
  const [busy, change] = useChange();
  const [words, setWords] = useState(props.settings.keepTranscriptDays?.toString() ?? '');
  const [tools, setTools] = useState(props.settings.keepPayloadDays?.toString() ?? '');
  const [redact, setRedact] = useState(props.settings.redact);
  const wrong = !isDays(words) || !isDays(tools);
  return (
    <SettingsSection
      title="Calls and privacy"
      hint="What is erased leaves a mark in the log of its call: when, why, and what it was. It cannot be brought back."
    >
      <form
        method="post"
        className="grid max-w-[520px] gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const settings = { keepTranscriptDays: daysOf(words), keepPayloadDays: daysOf(tools), redact };
          if (!wrong) change(() => props.save(settings), 'Saved.');
        }}
      >
        <DaysField
          label="Erase what was said after, days"
          help="Empty: it is kept until someone erases it."
          value={words}
          onChange={setWords}
        />
        <DaysField
          label="Erase what tools were given and answered after, days"
          help="Empty: it is kept until someone erases it."
          value={tools}
          onChange={setTools}
        />
        <fieldset className="grid gap-1.5">
          <legend className="mb-1.5 text-sm font-medium">Taken out before anything is written to a log</legend>
          {privateKindSchema.options.map((kind) => (
            <label key={kind} className="flex min-h-6 items-center gap-2 text-md phone:min-h-11">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={redact.includes(kind)}
                onChange={(event) =>
                  setRedact(event.target.checked ? [...redact, kind] : redact.filter((one) => one !== kind))
                }
              />
              {kindWords[kind]}
            </label>
          ))}
          <p className="text-sm text-ink-3">
            From the next call on. The model and the tools still get them; recordings still have them as sound.
          </p>
        </fieldset>
        <span>
          <Button type="submit" disabled={busy || wrong}>
            {busy ? 'Saving…' : 'Save privacy'}
          </Button>
        </span>
      </form>
    </SettingsSection>
  );
}
