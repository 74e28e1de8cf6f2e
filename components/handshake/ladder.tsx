import type { ReactNode } from 'react';
import { ExchangeView } from '#src/components/handshake/exchange-view.tsx';
import { StepFailure } from '#src/components/handshake/step-failure.tsx';
import { stepWords } from '#src/components/handshake/step-words.ts';
import type { HandshakeRun } from '#src/components/handshake/use-handshake.ts';
import { classNames } from '#src/components/ui/class-names.ts';
import { Glyph, type GlyphKind } from '#src/components/ui/glyph.tsx';
import { type HandshakeStep, handshakeStepNames } from '#src/lib/mcp/handshake.ts';
import { counted, durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** The seven steps from an address to a list of tools, one rung each; a failed one opens. */
export function Ladder(props: {
  steps: HandshakeStep[];
  running: boolean;
  current?: HandshakeRun['current'];
  failureAct?: ReactNode;
  compact?: boolean;
}) {
  const total = Math.max(
    1,
    props.steps.reduce((sum, step) => sum + step.ms, 0),
  );
  const rungs = handshakeStepNames.map((name, index) => {
    const step = props.steps.find((one) => one.name === name);
    const began = props.steps.slice(0, step ? props.steps.indexOf(step) : 0).reduce((sum, one) => sum + one.ms, 0);
    const next = props.running && (props.current ? props.current.name === name : props.steps.length === index);
    return { name, step, began, next };
  });
  return (
    <ol className="mt-3.5">
      {rungs.map(({ name, step, began, next }, index) => {
        const failed = step?.state === 'failed';
        const done = step?.state === 'passed';
        return (
          <li key={name} className="relative">
            {index < rungs.length - 1 && (
              <i
                className={classNames(
                  'absolute top-5 -bottom-5 left-[10.5px] border-l-[1.5px] border-line-strong',
                  !done && 'border-dashed',
                )}
              />
            )}
            <div
              className={classNames(
                'grid min-h-10 items-center gap-x-3 phone:grid-cols-[22px_minmax(0,1fr)_66px]',
                props.compact ? 'grid-cols-[22px_minmax(0,1fr)_66px]' : 'grid-cols-[22px_226px_minmax(0,1fr)_66px]',
              )}
            >
              <span
                className={classNames(
                  'z-10 grid size-[22px] place-items-center rounded-full border-[1.5px] bg-surface',
                  failed ? 'border-fail-fill' : 'border-line-strong',
                )}
              >
                <Glyph kind={next ? 'running' : stepGlyph(step)} />
              </span>
              <span className={step && step.state !== 'not-run' ? '' : 'text-ink-3'}>
                <b className={classNames('block font-med', failed && 'text-fail')}>{stepWords[name].title}</b>
                <span className="block truncate text-sm leading-[1.3] text-ink-3">
                  {step?.detail ? visibleText(step.detail) : stepWords[name].asks}
                </span>
              </span>
              {!props.compact && (
                <span className="relative h-2.5 rounded-[2px] bg-sunken phone:hidden">
                  {step && step.ms > 0 && (
                    <i
                      className={classNames(
                        'absolute inset-y-0 min-w-[3px] rounded-[2px]',
                        failed ? 'hatch-fail' : 'bg-read-fill',
                      )}
                      style={{ left: `${(began / total) * 100}%`, width: `${(step.ms / total) * 100}%` }}
                    />
                  )}
                </span>
              )}
              <span className="text-right font-mono text-[12px] text-ink-2">
                {step && (done || failed) ? (
                  durationWords(step.ms)
                ) : (
                  <span className="text-ink-3">
                    {next ? 'running' : step?.state === 'skipped' ? 'skipped' : 'not run'}
                  </span>
                )}
              </span>
            </div>
            {step?.exchanges && step.exchanges.length > 0 && (
              <details className="pb-1.5 pl-[34px] phone:pl-0">
                <summary className="w-max text-sm text-ink-3">
                  {counted(step.exchanges.length, 'request')} and what came back
                </summary>
                {step.exchanges.map((exchange) => (
                  <div key={exchange.at + exchange.request.url} className="mt-2 mb-3 grid gap-2">
                    <ExchangeView exchange={exchange} />
                  </div>
                ))}
              </details>
            )}
            {failed && step.error && (
              <div className="pl-[34px] phone:pl-0">
                <StepFailure error={step.error} act={props.failureAct} />
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function stepGlyph(step: HandshakeStep | undefined): GlyphKind {
  if (!step) return 'off';
  return step.state === 'passed' ? 'ok' : step.state === 'failed' ? 'failed' : 'off';
}
