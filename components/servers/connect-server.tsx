'use client';
import { type ReactNode, useState } from 'react';
import { Ladder } from '#src/components/handshake/ladder.tsx';
import { useHandshake } from '#src/components/handshake/use-handshake.ts';
import { OAuthSteps, type StartOAuth } from '#src/components/servers/oauth-steps.tsx';
import { ServerForm } from '#src/components/servers/server-form.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type Handshake, handshakeStepNames } from '#src/lib/mcp/handshake.ts';
import type { McpServer, McpServerInput } from '#src/lib/mcp/mcp-server.ts';
import { counted, durationWords } from '#src/lib/time-words.ts';

export type ConnectActions = {
  save: (serverId: string | null, input: McpServerInput) => Promise<ActionResult<McpServer>>;
  startOAuth: StartOAuth;
  /** The machine's operator lets programs be started. */
  mayStdio: boolean;
  /** This person may let assistants send raw queries. */
  mayRaw: boolean;
};

/** Save and test in one step: the form, and beside it the handshake as it happens. */
export function ConnectServer(props: {
  server: McpServer | null;
  handshake: Handshake | null;
  actions: ConnectActions;
  oauth?: string | null;
  onSaved?: (server: McpServer) => void;
  onPassed: (server: McpServer, handshake: Handshake) => void;
  /** In a dialog the two stand one under the other. */
  stacked?: boolean;
  acts?: ReactNode;
  below?: ReactNode;
}) {
  const [server, setServer] = useState(props.server);
  const { run, start, cancel } = useHandshake(props.handshake);
  const failed = run.result?.steps.find((step) => step.state === 'failed');
  const asksForOAuth = failed?.name === 'authentication' && failed.error?.code.startsWith('oauth');

  const test = async (saved: McpServer) => {
    setServer(saved);
    props.onSaved?.(saved);
    const result = await start(saved.id);
    if (result?.ok) props.onPassed(saved, result);
  };

  return (
    <div
      className={
        props.stacked
          ? 'grid gap-5'
          : 'grid min-h-full grid-cols-[380px_minmax(0,1fr)] narrow:grid-cols-[320px_minmax(0,1fr)] phone:flex phone:flex-col'
      }
    >
      <div className={props.stacked ? '' : 'border-r border-line p-5 phone:border-r-0 phone:border-b phone:p-4'}>
        {!props.stacked && <h2 className="mb-3.5 font-bold">{server?.name ?? 'New server'}</h2>}
        <ServerForm
          key={server?.id ?? 'new'}
          server={server}
          mayStdio={props.actions.mayStdio}
          mayRaw={props.actions.mayRaw}
          keyRefused={failed?.name === 'authentication'}
          busy={run.running}
          submitLabel={server ? 'Save and test again' : 'Save and test'}
          save={(input) => props.actions.save(server?.id ?? null, input)}
          onSaved={(saved) => void test(saved)}
          acts={props.acts}
        />
      </div>
      <section
        aria-label="Handshake"
        className={
          props.stacked
            ? ''
            : `min-w-0 px-7 pt-5 pb-10 phone:p-4 ${failed ? 'phone:order-first phone:border-b phone:border-line' : ''}`
        }
      >
        <div className="max-w-[900px]">
          <div className="flex flex-wrap items-center gap-2" role="status">
            <h2 className="font-bold">
              {heading(run.running, run.result, failed ? handshakeStepNames.indexOf(failed.name) + 1 : 0)}
            </h2>
            {run.result?.ok && (
              <Chip tone="read" glyph="ok">
                {counted(run.result.tools, 'tool')}
              </Chip>
            )}
            <span className="flex-1" />
            {run.running ? (
              <Button size="sm" onClick={cancel}>
                Stop
              </Button>
            ) : (
              run.result && (
                <span className="text-sm whitespace-nowrap text-ink-3">
                  <LocalTime at={run.result.at} as="seconds" />, took {durationWords(run.result.ms)}
                </span>
              )
            )}
          </div>
          <Ladder
            steps={run.steps}
            running={run.running}
            current={run.current}
            compact={props.stacked ?? false}
            failureAct={
              server && (
                <Button size="sm" onClick={() => void test(server)}>
                  Test again
                </Button>
              )
            }
          />
          <ProblemNote problem={run.problem} />
          {server?.auth.type === 'oauth' && (
            <OAuthSteps
              server={server}
              came={props.oauth ?? null}
              wanted={asksForOAuth ?? false}
              start={props.actions.startOAuth}
              onConnected={() => void test(server)}
            />
          )}
          {props.below}
        </div>
      </section>
    </div>
  );
}

function heading(running: boolean, result: Handshake | null, failedAt: number): string {
  if (running) return 'Shaking hands…';
  if (!result) return 'What will be tested';
  if (result.ok) return 'Every step passed';
  return failedAt > 0
    ? `Handshake stopped at step ${failedAt} of ${handshakeStepNames.length}`
    : 'The handshake did not finish';
}
