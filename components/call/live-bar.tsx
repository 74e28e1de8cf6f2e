'use client';
import { ChevronDown, Mic, MicOff, PhoneOff, Volume2 } from 'lucide-react';
import { useState } from 'react';
import { hangUp, startSound, toggleMute, tryMicrophone } from '#src/components/call/call-session.ts';
import { LevelMeter } from '#src/components/call/level-meter.tsx';
import { Preflight } from '#src/components/call/preflight.tsx';
import { SayForm } from '#src/components/call/say-form.tsx';
import { SayableRow } from '#src/components/call/sayable-row.tsx';
import type { CallSession } from '#src/components/call/session-state.ts';
import { Strip } from '#src/components/call/strip.tsx';
import { useHotkeys } from '#src/components/shell/hotkeys.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Kbd } from '#src/components/ui/kbd.tsx';
import { Menu, MenuChoice } from '#src/components/ui/menu.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** The bar of a call that this browser takes part in. */
export function LiveBar(props: {
  session: CallSession;
  callId: string;
  consent: string;
  end: (callId: string) => Promise<ActionResult>;
  sendText: (callId: string, text: string) => Promise<ActionResult>;
}) {
  const { session, callId } = props;
  const [quiet, setQuiet] = useState(false);
  const muted = session.microphone === 'muted';
  const ready = session.phase === 'joined' && session.checks.agent.state === 'ok';
  useHotkeys({ m: () => void toggleMute() });

  const say = async (text: string) => {
    const sent = await props.sendText(callId, text);
    if (!sent.ok) toast(`Not sent. ${sent.problem.message}`);
    return sent.ok;
  };

  return (
    <section
      data-call-bar
      aria-label="Live controls"
      className="z-30 flex-none border-t border-line bg-bg phone:sticky phone:bottom-0 phone:shadow-float"
    >
      {session.phase === 'reconnecting' && (
        <Strip tone="waiting">The connection is lost. Trying to get it back; the call goes on.</Strip>
      )}
      {session.problem && (
        <Strip
          tone="failed"
          alert
          act={
            <Button size="sm" onClick={() => void tryMicrophone(session.deviceId)}>
              Try again
            </Button>
          }
        >
          <b className="font-med">{session.problem.message}</b> {session.problem.hint}
        </Strip>
      )}
      {session.soundBlocked && (
        <Strip
          tone="waiting"
          act={
            <Button size="sm" kind="primary" onClick={startSound}>
              <Volume2 size={14} aria-hidden="true" /> Play sound
            </Button>
          }
        >
          The browser holds the sound back until you click.
        </Strip>
      )}
      {quiet && session.microphone === 'on' && !session.problem && (
        <Strip tone="waiting">
          No sound from the microphone for five seconds. Is it the right one? Typing works too.
        </Strip>
      )}
      {!ready && (
        <div className="border-b border-line px-5 py-2 phone:px-4">
          <Preflight session={session} />
          {props.consent !== '' && (
            <p className="mt-1 text-sm text-ink-2">
              You will hear first: “{visibleText(props.consent)}” This call is recorded.
            </p>
          )}
        </div>
      )}
      {session.sayable && <SayableRow sayable={session.sayable} onSay={(text) => void say(text)} />}
      <div className="flex items-center gap-2.5 px-5 py-[9px] phone:gap-2 phone:px-3">
        <div className="flex">
          <Button
            aria-pressed={muted}
            disabled={session.microphone === 'none'}
            onClick={() => void toggleMute()}
            className="rounded-r-none phone:size-11 phone:px-0"
          >
            {muted ? <MicOff size={15} aria-hidden="true" /> : <Mic size={15} aria-hidden="true" />}
            <span className="phone:sr-only">{muted ? 'Unmute' : 'Mute'}</span> <Kbd>M</Kbd>
          </Button>
          <Menu
            side="top"
            align="start"
            trigger={
              <Button
                square
                aria-label="Choose the microphone"
                disabled={session.devices.length === 0}
                className="-ml-px w-6 rounded-l-none phone:h-11"
              >
                <ChevronDown size={13} aria-hidden="true" />
              </Button>
            }
          >
            <MenuChoice
              label="Microphone"
              value={session.deviceId ?? ''}
              choices={session.devices.map((device) => ({ value: device.id, label: device.label }))}
              onChange={(id) => void tryMicrophone(id)}
            />
          </Menu>
        </div>
        <LevelMeter on={session.microphone === 'on'} onQuiet={setQuiet} />
        <SayForm onSay={say} />
        <span className="flex-1 phone:hidden" />
        <Button kind="danger" onClick={() => void hangUp(props.end)} className="phone:size-11 phone:px-0">
          <PhoneOff size={15} aria-hidden="true" />
          <span className="phone:sr-only">Hang up</span>
        </Button>
      </div>
    </section>
  );
}
