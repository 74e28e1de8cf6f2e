'use client';
import { Ear, EarOff, SendHorizontal } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { listeningStore, startListening, stopListening } from '#src/components/call/listening.ts';
import { Strip } from '#src/components/call/strip.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Input } from '#src/components/ui/field.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { PlacedCall } from '#src/lib/calls/call.ts';

export type SuperviseActions = {
  listen: (callId: string) => Promise<ActionResult<PlacedCall>>;
  whisper: (callId: string, text: string) => Promise<ActionResult>;
};

/** For whoever watches a live call: hear both sides unnoticed, and tell the agent something that the caller does not hear. */
export function SuperviseBar(props: { callId: string; rehearsal: boolean; actions: SuperviseActions }) {
  const { callId, actions } = props;
  const { state, problem } = useSyncExternalStore(
    listeningStore.subscribe,
    listeningStore.get,
    listeningStore.getServer,
  );
  // Whoever leaves the page, or whose call is over, listens no more.
  useEffect(() => stopListening, []);
  return (
    <section aria-label="Supervise" className="flex-none border-t border-line bg-bg">
      {problem && (
        <Strip tone="failed" alert>
          <b className="font-med">You cannot listen now.</b> {problem}
        </Strip>
      )}
      <div className="flex flex-wrap items-center gap-2.5 px-5 py-[7px] phone:px-4">
        <Button
          aria-pressed={state === 'on'}
          disabled={state === 'connecting'}
          onClick={() => (state === 'on' ? stopListening() : void startListening(() => actions.listen(callId)))}
          className="phone:h-11"
        >
          {state === 'on' ? <EarOff size={15} aria-hidden="true" /> : <Ear size={15} aria-hidden="true" />}
          {state === 'on' ? 'Stop listening' : state === 'connecting' ? 'Connecting…' : 'Listen'}
        </Button>
        <WhisperForm
          onWhisper={async (text) => {
            const sent = await actions.whisper(callId, text);
            if (!sent.ok) toast(`Not whispered. ${sent.problem.message}`);
            return sent.ok;
          }}
        />
        <p className="text-sm text-ink-3" role="status">
          {state === 'on' && 'You hear both sides; nobody hears or sees you. '}
          {props.rehearsal
            ? 'The rehearsal model follows rules: a whisper reaches its prompt, but it cannot act on free text.'
            : 'A whisper counts from the agent’s next answer on.'}
        </p>
      </div>
    </section>
  );
}

function WhisperForm({ onWhisper }: { onWhisper: (text: string) => Promise<boolean> }) {
  const [text, setText] = useState('');
  return (
    <form
      className="flex min-w-0 flex-1 items-center gap-1.5 desk:max-w-[420px]"
      onSubmit={async (event) => {
        event.preventDefault();
        const said = text.trim();
        if (said === '') return;
        setText('');
        if (!(await onWhisper(said))) setText((now) => now || said);
      }}
    >
      <Input
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        aria-label="Whisper to the agent"
        placeholder="Whisper to the agent…"
        maxLength={500}
        autoComplete="off"
        enterKeyHint="send"
      />
      <Button type="submit" square aria-label="Whisper" disabled={text.trim() === ''} className="phone:size-11">
        <SendHorizontal size={15} aria-hidden="true" />
      </Button>
    </form>
  );
}
