'use client';
import { useState } from 'react';
import { z } from 'zod';
import { ResultContent } from '#src/components/tools/result-content.tsx';
import { useInspect } from '#src/components/tools/use-inspect.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import type { ServerOffers } from '#src/lib/mcp/mcp-server.ts';
import { fillTemplate, templateNames } from '#src/lib/mcp/uri-template.ts';
import { durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const contentsSchema = z.object({ contents: z.array(z.looseObject({ uri: z.string() })) });

/** What a server lets be read: its resources, and the templates that make addresses of more. */
export function ResourcesTab(props: {
  serverId: string;
  offers: ServerOffers;
  mayTry: boolean;
  /** Asked for from elsewhere, such as a link in a result. */
  asked: string | null;
  onExchange: (exchange: Exchange) => void;
}) {
  const { resources, resourceTemplates } = props.offers;
  const [uri, setUri] = useState<string | null>(props.asked);
  const { run, start, cancel } = useInspect(props.serverId, props.onExchange);
  const read = (address: string) => {
    setUri(address);
    void start({ kind: 'read-resource', uri: address });
  };
  const parsed = run.done?.ok ? contentsSchema.safeParse(run.done.result) : null;
  if (resources.length + resourceTemplates.length === 0 && !props.asked)
    return <Empty title="No resources">This server offers none to read. Its tools are another tab.</Empty>;
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(300px,45%)] phone:block">
      <section aria-label="Resources" className="thin-scroll min-w-0 overflow-auto phone:overflow-visible">
        <ul>
          {resources.map((one) => (
            <li key={one.uri}>
              <button
                type="button"
                disabled={!props.mayTry}
                aria-pressed={uri === one.uri}
                onClick={() => read(one.uri)}
                className="w-full border-b border-line px-5 py-2 text-left -outline-offset-2 hover:bg-hover aria-pressed:bg-accent-soft phone:px-4"
              >
                <span className="flex items-center gap-2">
                  <b className="font-med">{visibleText(one.title ?? one.name)}</b>
                  {one.mimeType && <Chip>{visibleText(one.mimeType)}</Chip>}
                </span>
                <span className="block truncate font-mono text-[12px] text-ink-3">{visibleText(one.uri)}</span>
                {one.description && <span className="block text-sm text-ink-2">{visibleText(one.description)}</span>}
              </button>
            </li>
          ))}
          {resourceTemplates.map((one) => (
            <li key={one.uriTemplate} className="border-b border-line px-5 py-2 phone:px-4">
              <b className="font-med">{visibleText(one.title ?? one.name)}</b>{' '}
              <span className="text-sm text-ink-3">template</span>
              {one.description && <p className="text-sm text-ink-2">{visibleText(one.description)}</p>}
              {props.mayTry && <TemplateForm template={one.uriTemplate} onRead={read} />}
            </li>
          ))}
        </ul>
      </section>
      <aside
        aria-label="The chosen resource"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
        tabIndex={0}
        className="thin-scroll min-w-0 overflow-auto border-l border-line px-4 py-3.5 -outline-offset-2 phone:border-t phone:border-l-0"
        aria-live="polite"
      >
        {uri === null ? (
          <p className="text-ink-3">Choose a resource to read it.</p>
        ) : (
          <>
            <div className="mb-2.5 flex items-center gap-2">
              <h2 className="min-w-0 flex-1 truncate font-mono font-bold">{visibleText(uri)}</h2>
              {run.running ? (
                <Button size="sm" onClick={cancel}>
                  Stop
                </Button>
              ) : (
                props.mayTry && (
                  <Button size="sm" onClick={() => read(uri)}>
                    {run.done ? 'Read again' : 'Read'}
                  </Button>
                )
              )}
            </div>
            {run.running && (
              <p className="flex items-center gap-2 text-ink-2">
                <Glyph kind="running" /> Reading…
              </p>
            )}
            <ProblemNote problem={run.problem} />
            {run.done?.error && (
              <p>
                <span className="text-fail">{visibleText(run.done.error.message)}</span>{' '}
                {run.done.error.hint && <span className="text-ink-2">{visibleText(run.done.error.hint)}</span>}
              </p>
            )}
            {run.done?.ok && (
              <>
                <p className="mb-2 text-sm text-ink-3">Read in {durationWords(run.done.ms)}.</p>
                <ResultContent
                  content={
                    parsed?.success ? parsed.data.contents.map((resource) => ({ type: 'resource', resource })) : []
                  }
                />
              </>
            )}
          </>
        )}
      </aside>
    </div>
  );
}

function TemplateForm(props: { template: string; onRead: (uri: string) => void }) {
  const names = templateNames(props.template);
  const [values, setValues] = useState<Record<string, string>>({});
  const uri = fillTemplate(props.template, values);
  return (
    <form
      method="post"
      className="mt-1.5 flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        props.onRead(uri);
      }}
    >
      {names.map((name) => (
        <Field key={name} label={<span className="font-mono">{visibleText(name)}</span>}>
          {(control) => (
            <Input
              {...control}
              value={values[name] ?? ''}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
              spellCheck={false}
              autoComplete="off"
            />
          )}
        </Field>
      ))}
      <Button type="submit">Read</Button>
      <span className="w-full truncate font-mono text-[12px] text-ink-3">{visibleText(uri)}</span>
    </form>
  );
}
