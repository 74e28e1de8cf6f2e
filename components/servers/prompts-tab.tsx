'use client';
import { useState } from 'react';
import { z } from 'zod';
import { ResultContent } from '#src/components/tools/result-content.tsx';
import { useInspect } from '#src/components/tools/use-inspect.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import type { ServerOffers } from '#src/lib/mcp/mcp-server.ts';
import { visibleText } from '#src/lib/visible-text.ts';

type Prompt = ServerOffers['prompts'][number];
const messagesSchema = z.object({
  description: z.string().optional(),
  messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
});

/** The instruction templates of a server: fill one in and see the messages it makes. */
export function PromptsTab(props: {
  serverId: string;
  prompts: Prompt[];
  mayTry: boolean;
  onExchange: (exchange: Exchange) => void;
}) {
  const [chosen, setChosen] = useState(props.prompts[0]?.name ?? null);
  const prompt = props.prompts.find((one) => one.name === chosen);
  if (props.prompts.length === 0)
    return <Empty title="No prompts">This server offers no instruction templates. Many do not.</Empty>;
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(300px,45%)] phone:block">
      <ul aria-label="Prompts" className="thin-scroll min-w-0 overflow-auto phone:overflow-visible">
        {props.prompts.map((one) => (
          <li key={one.name}>
            <button
              type="button"
              aria-pressed={chosen === one.name}
              onClick={() => setChosen(one.name)}
              className="w-full border-b border-line px-5 py-2 text-left -outline-offset-2 hover:bg-hover aria-pressed:bg-accent-soft phone:px-4"
            >
              <span className="block font-mono text-[12.5px] font-med">{visibleText(one.name)}</span>
              {one.description && <span className="block text-sm text-ink-2">{visibleText(one.description)}</span>}
            </button>
          </li>
        ))}
      </ul>
      <aside
        aria-label="The chosen prompt"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
        tabIndex={0}
        className="thin-scroll min-w-0 overflow-auto border-l border-line px-4 py-3.5 -outline-offset-2 phone:border-t phone:border-l-0"
      >
        {prompt && <OnePrompt key={prompt.name} {...props} prompt={prompt} />}
      </aside>
    </div>
  );
}

function OnePrompt(props: {
  serverId: string;
  prompt: Prompt;
  mayTry: boolean;
  onExchange: (exchange: Exchange) => void;
}) {
  const { prompt } = props;
  const [missing, setMissing] = useState<string[]>([]);
  const { run, start, cancel } = useInspect(props.serverId, props.onExchange);
  const parsed = run.done?.ok ? messagesSchema.safeParse(run.done.result) : null;
  return (
    <>
      <h2 className="truncate font-mono font-bold">{visibleText(prompt.name)}</h2>
      <form
        method="post"
        noValidate
        className="mt-2.5 grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const args = Object.fromEntries(
            prompt.arguments
              .map(({ name }) => [name, String(form.get(name) ?? '')])
              .filter(([, value]) => value !== ''),
          );
          const lacking = prompt.arguments.filter((one) => one.required && !args[one.name]).map((one) => one.name);
          setMissing(lacking);
          if (lacking.length === 0) void start({ kind: 'get-prompt', name: prompt.name, arguments: args });
        }}
      >
        {prompt.arguments.map((one) => (
          <Field
            key={one.name}
            label={
              <>
                <span className="font-mono">{visibleText(one.name)}</span>{' '}
                <span className="font-reg text-ink-3">{one.required ? 'required' : 'optional'}</span>
              </>
            }
            help={one.description ? visibleText(one.description) : undefined}
            error={missing.includes(one.name) ? 'Needed.' : undefined}
          >
            {(control) => <Input {...control} name={one.name} autoComplete="off" />}
          </Field>
        ))}
        {props.mayTry && (
          <div>
            {run.running ? (
              <Button onClick={cancel}>Stop</Button>
            ) : (
              <Button type="submit" kind="primary">
                Get the messages
              </Button>
            )}
          </div>
        )}
      </form>
      <div aria-live="polite" className="mt-3.5">
        {run.running && (
          <p className="flex items-center gap-2 text-ink-2">
            <Glyph kind="running" /> Waiting for the server…
          </p>
        )}
        <ProblemNote problem={run.problem} />
        {run.done?.error && <p className="text-fail">{visibleText(run.done.error.message)}</p>}
        {parsed?.success &&
          parsed.data.messages.map((message, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages of an answer do not move
            <section key={index} className="border-t border-line py-2.5">
              <h3 className="mb-1 text-sm font-med text-ink-3">{visibleText(message.role)}</h3>
              <ResultContent content={[message.content]} />
            </section>
          ))}
      </div>
    </>
  );
}
