'use client';
import { useState } from 'react';
import { StepFailure } from '#src/components/handshake/step-failure.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Glyph, type GlyphKind } from '#src/components/ui/glyph.tsx';
import { Note } from '#src/components/ui/note.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import type { McpServer } from '#src/lib/mcp/mcp-server.ts';
import { type OAuthStarted, type OAuthStep, type OAuthStepName, oauthStepNames } from '#src/lib/mcp/oauth-steps.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export type StartOAuth = (serverId: string) => Promise<ActionResult<OAuthStarted>>;

const words: Record<OAuthStepName, { title: string; asks: string }> = {
  'resource-metadata': { title: 'The server’s own word', asks: 'Whose tokens does it take?' },
  'server-metadata': { title: 'Authorization server', asks: 'Where does one sign in, and how?' },
  client: { title: 'Client', asks: 'As whom does Patchbay ask?' },
  authorize: { title: 'Sign in', asks: 'Does a person allow it?' },
  token: { title: 'Token', asks: 'Is the code taken for a token?' },
};

/** The way to a token, step by step, with the one act that goes on: signing in at the authorization server. */
export function OAuthSteps(props: {
  server: McpServer;
  /** How the person came back: `done`, a code, or null. */
  came: string | null;
  /** The server has just asked for a token. */
  wanted: boolean;
  start: StartOAuth;
  onConnected: () => void;
}) {
  const [started, setStarted] = useState<OAuthStarted | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const connected = props.server.auth.type === 'oauth' && props.server.auth.connected;
  const go = async () => {
    setBusy(true);
    const answer = await props.start(props.server.id);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setStarted(answer.value);
    if (answer.value.connected) props.onConnected();
  };
  return (
    <section aria-label="Authorization" className="mt-5 border-t border-line pt-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="flex-1 font-bold">Authorization</h3>
        {started?.url ? (
          <a href={started.url} className="link font-med">
            Sign in at {new URL(started.url).host}
          </a>
        ) : (
          <Button
            size="sm"
            kind={connected && !props.wanted ? 'plain' : 'primary'}
            disabled={busy}
            onClick={() => void go()}
          >
            {busy ? 'Asking…' : connected ? 'Authorize again' : 'Authorize'}
          </Button>
        )}
      </div>
      {props.came === 'done' && !started && (
        <Note tone="accent" className="mt-2">
          Signed in. The token is stored; test the connection now.
        </Note>
      )}
      {props.came !== null && props.came !== 'done' && !started && (
        <Note tone="failed" alert className="mt-2">
          <b className="font-med">Not authorized.</b> <span className="mono text-sm">{visibleText(props.came)}</span>{' '}
          Authorize once more; the step that fails says why.
        </Note>
      )}
      <ol className="mt-2">
        {oauthStepNames.map((name) => (
          <Step key={name} name={name} step={started?.steps.find((one) => one.name === name)} />
        ))}
      </ol>
      {started && started.scopes.length > 0 && (
        <p className="mt-1 text-sm text-ink-3">
          Asks for <span className="mono">{visibleText(started.scopes.join(' '))}</span>
        </p>
      )}
      {started && started.offeredScopes.length > 0 && (
        <p className="text-sm text-ink-3">
          The server has <span className="mono">{visibleText(started.offeredScopes.join(' '))}</span>. To ask for more
          than it wants, write them into Scopes.
        </p>
      )}
      <ProblemNote problem={problem} />
    </section>
  );
}

function Step({ name, step }: { name: OAuthStepName; step: OAuthStep | undefined }) {
  return (
    <li className="py-1">
      <div className="grid grid-cols-[22px_minmax(0,1fr)_66px] items-center gap-x-3">
        <Glyph kind={step ? glyphs[step.state] : 'off'} />
        <span className={step && step.state !== 'not-run' ? '' : 'text-ink-3'}>
          <b className="block font-med">{words[name].title}</b>
          <span className="block truncate text-sm leading-[1.3] text-ink-3">
            {step?.detail ? visibleText(step.detail) : words[name].asks}
          </span>
        </span>
        <span className="text-right text-sm text-ink-3">
          {step && step.state !== 'passed' ? stateWords[step.state] : ''}
        </span>
      </div>
      {step?.error && <StepFailure error={step.error} />}
    </li>
  );
}

const glyphs: Record<OAuthStep['state'], GlyphKind> = {
  passed: 'ok',
  failed: 'failed',
  waiting: 'waiting',
  'not-run': 'off',
  skipped: 'off',
};
const stateWords = { passed: '', failed: '', waiting: 'for you', 'not-run': 'not run', skipped: 'skipped' } as const;
