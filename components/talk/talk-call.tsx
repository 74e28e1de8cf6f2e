import { LiveBar } from '#src/components/call/live-bar.tsx';
import { type CallSession, sessionStore, setSession } from '#src/components/call/session-state.ts';
import { Elapsed } from '#src/components/talk/elapsed.tsx';
import { Speakers } from '#src/components/talk/speakers.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** A call as its guest sees it: who speaks, the last words, how long, and the bar. */
export function TalkCall(props: {
  session: CallSession;
  /** How long it went on before this page was opened, ms. */
  beforeMs: number;
  consent: string;
  end: (callId: string) => Promise<ActionResult>;
  sendText: (callId: string, text: string) => Promise<ActionResult>;
}) {
  const { session } = props;
  const { answeredAt, callId, lastWords } = session;
  const name = visibleText(session.assistantName) || 'The assistant';
  return (
    <main className="flex h-dvh flex-col bg-surface">
      <header className="flex flex-none flex-wrap items-center gap-2.5 border-b border-line bg-bg px-5 py-2.5 phone:px-4">
        <h1 ref={focusOnce} tabIndex={-1} className="min-w-0 flex-1 truncate text-lg font-bold">
          {name}
        </h1>
        <span role="status">
          <Chip tone="live">{answeredAt === null ? 'Calling' : 'In the call'}</Chip>
        </span>
        <Elapsed since={answeredAt === null ? null : answeredAt - props.beforeMs} />
      </header>
      <div className="thin-scroll flex min-h-0 flex-1 flex-col items-center justify-center gap-6 overflow-auto px-5 py-6">
        <Speakers agentName={name} speaking={session.speaking} muted={session.microphone === 'muted'} />
        <div className="grid min-h-[7.5em] w-full max-w-[560px] content-start gap-2 text-center">
          <p aria-live="polite" className="text-lg leading-[1.4] phone:text-md">
            {visibleText(lastWords.agent)}
          </p>
          {lastWords.caller !== '' && <p className="text-ink-3">You: {visibleText(lastWords.caller)}</p>}
        </div>
      </div>
      {callId && (
        <LiveBar
          session={session}
          callId={callId}
          consent={props.consent}
          end={props.end}
          sendText={async (id, text) => {
            const sent = await props.sendText(id, text);
            if (sent.ok) setSession({ lastWords: { ...sessionStore.get().lastWords, caller: text } });
            return sent;
          }}
        />
      )}
    </main>
  );
}

/** What was pressed is gone: whoever uses a keyboard or a screen reader goes on at the top of what came instead. */
const focusOnce = (heading: HTMLElement | null) => heading?.focus();
