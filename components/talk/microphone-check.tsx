'use client';
import { Mic } from 'lucide-react';
import { useState } from 'react';
import { checkMicrophone } from '#src/components/call/call-session.ts';
import { LevelMeter } from '#src/components/call/level-meter.tsx';
import { Preflight } from '#src/components/call/preflight.tsx';
import type { CallSession } from '#src/components/call/session-state.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Select } from '#src/components/ui/field.tsx';
import { Note } from '#src/components/ui/note.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';

const checks = ['permission', 'device', 'level'] as const;

/** Tries the microphone before the call: what is right, how loud it is, and another one to choose. */
export function MicrophoneCheck({ session }: { session: CallSession }) {
  const [checking, setChecking] = useState(false);
  const [quiet, setQuiet] = useState(false);
  const { problem, devices } = session;
  const open = session.microphone === 'on';
  const check = async (deviceId?: string) => {
    setChecking(true);
    await checkMicrophone(deviceId);
    setChecking(false);
  };
  if (problem?.code.startsWith('microphone-'))
    return (
      <ProblemNote problem={problem}>
        <Button onClick={() => void check()} disabled={checking}>
          Try the microphone again
        </Button>
      </ProblemNote>
    );
  if (!open)
    return (
      <Button onClick={() => void check()} disabled={checking} className="justify-self-start phone:h-11">
        <Mic size={15} aria-hidden="true" /> {checking ? 'The browser asks you…' : 'Check the microphone'}
      </Button>
    );
  return (
    <section aria-label="Microphone" className="grid gap-2.5 rounded-2 border border-line px-3 py-2.5">
      <div className="flex items-center justify-between gap-3">
        <span className="text-sm font-med text-ink-2">Say something</span>
        <LevelMeter on={open} onQuiet={setQuiet} />
      </div>
      <Preflight session={session} names={checks} />
      {quiet && <Note tone="write">No sound for five seconds. Is it the right microphone, and is it on?</Note>}
      {devices.length > 1 && (
        <Field label="Microphone">
          {(control) => (
            <Select
              {...control}
              value={session.deviceId ?? ''}
              onChange={(event) => void check(event.currentTarget.value)}
            >
              {devices.map((device) => (
                <option key={device.id} value={device.id}>
                  {device.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </section>
  );
}
