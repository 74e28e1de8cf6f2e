'use client';
import { useState } from 'react';
import { SettingsSection } from '#src/components/settings/settings-section.tsx';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Input, TextArea } from '#src/components/ui/field.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { RecordingSettings } from '#src/lib/teams/team-settings.ts';

/** What callers are told of recordings, and how long these are kept. */
export function Recordings(props: {
  settings: RecordingSettings;
  save: (settings: RecordingSettings) => Promise<ActionResult>;
}) {
  const [busy, change] = useChange();
  const [consent, setConsent] = useState(props.settings.consent);
  const [days, setDays] = useState(props.settings.keepRecordingDays?.toString() ?? '');
  const wrong = days !== '' && !(Number.isInteger(Number(days)) && Number(days) >= 1 && Number(days) <= 3650);
  return (
    <SettingsSection
      title="Recordings"
      hint="Said and shown before calls that are recorded. Each assistant says whether its calls are."
    >
      <form
        method="post"
        className="grid max-w-[520px] gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const settings = { consent: consent.trim(), keepRecordingDays: days === '' ? null : Number(days) };
          if (!wrong) change(() => props.save(settings), 'Saved. It holds from the next call on.');
        }}
      >
        <Field label="What callers are told" help="Empty: nothing is said. Ask someone who knows your law.">
          {(control) => (
            <TextArea
              {...control}
              rows={2}
              maxLength={300}
              value={consent}
              placeholder="This call is recorded so that we can get better."
              onChange={(event) => setConsent(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Delete recordings after, days"
          help="Empty: they are kept until someone deletes them."
          error={wrong ? 'A whole number from 1 to 3650, or nothing.' : undefined}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              className="max-w-28 font-mono"
              value={days}
              onChange={(event) => setDays(event.target.value.trim())}
            />
          )}
        </Field>
        <span>
          <Button type="submit" disabled={busy || wrong}>
            {busy ? 'Saving…' : 'Save'}
          </Button>
        </span>
      </form>
    </SettingsSection>
  );
}
