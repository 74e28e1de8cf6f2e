'use client';
import { ContextRow } from '#src/components/assistants/context-row.tsx';
import { Section } from '#src/components/assistants/section.tsx';
import type { ServerWithTools } from '#src/components/assistants/tools-section.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { Note } from '#src/components/ui/note.tsx';
import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import type { ChosenPrompt, ChosenResource } from '#src/lib/assistants/context-choice.ts';
import { mostChosen } from '#src/lib/assistants/context-choice.ts';
import { counted } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

type Choice = Pick<AssistantConfig, 'context' | 'prompts'>;

/** Texts of servers that the model is told in each call: resources to answer from, prompts as further instructions (V16). */
export function ContextSection(props: {
  config: AssistantConfig;
  servers: ServerWithTools[];
  readOnly: boolean;
  mayTry: boolean;
  change: (part: Partial<Choice>) => void;
}) {
  const { config, change } = props;
  const offering = props.servers.filter(
    ({ id, phase, offers }) =>
      (phase === 'live' && offers.resources.length + offers.prompts.length > 0) ||
      [...config.context, ...config.prompts].some(({ serverId }) => serverId === id),
  );
  const there = ({ serverId }: { serverId: string }) => props.servers.some(({ id }) => id === serverId);
  const lost = [...config.context, ...config.prompts].filter((one) => !there(one)).length;
  if (offering.length === 0 && lost === 0) return null;
  const setResource = (one: ChosenResource, on: boolean) =>
    change({ context: on ? [...config.context, one] : config.context.filter((other) => !sameResource(other, one)) });
  const setPrompt = (one: ChosenPrompt, on: boolean) => {
    const others = config.prompts.filter((other) => !samePrompt(other, one));
    const at = config.prompts.findIndex((other) => samePrompt(other, one));
    change({ prompts: on ? others.toSpliced(at < 0 ? others.length : at, 0, one) : others });
  };
  return (
    <Section
      id="context"
      title="Context"
      hint={`What a model is told beside the instructions, read anew in each call. A prompt becomes instructions: choose those of servers you trust. Up to ${mostChosen} of each; rehearsal reads none.`}
    >
      <div className="grid gap-2">
        {lost > 0 && (
          <Note tone="write">
            {counted(lost, 'choice is', 'choices are')} of a server that was deleted, and left out of calls.{' '}
            {!props.readOnly && (
              <Button
                size="sm"
                onClick={() => change({ context: config.context.filter(there), prompts: config.prompts.filter(there) })}
              >
                Remove
              </Button>
            )}
          </Note>
        )}
        {offering.map((server) => (
          <div key={server.id} className="overflow-hidden rounded-2 border border-line">
            <div className="flex items-center gap-2 bg-sunken px-3 py-1.5 font-med">
              <Glyph kind={server.phase === 'live' ? 'ok' : 'waiting'} label={false} />
              <span className="min-w-0 truncate">{visibleText(server.name)}</span>
              {server.phase !== 'live' && (
                <span className="text-sm font-reg text-ink-3">used after the call: not read in it</span>
              )}
            </div>
            <ul>
              {resourcesOf(server, config.context).map(({ one, title, detail, listed }) => (
                <ContextRow
                  key={`resource ${one.uri}`}
                  serverId={server.id}
                  kind="resource"
                  name={one.uri}
                  title={title}
                  detail={listed ? detail : 'The server does not list it any more.'}
                  on={config.context.some((other) => sameResource(other, one))}
                  full={config.context.length >= mostChosen}
                  readOnly={props.readOnly}
                  mayTry={props.mayTry}
                  fields={[]}
                  values={{}}
                  onChange={(on) => setResource(one, on)}
                  onValues={() => {}}
                />
              ))}
              {promptsOf(server, config.prompts).map(({ one, detail, fields, listed }) => (
                <ContextRow
                  key={`prompt ${one.name}`}
                  serverId={server.id}
                  kind="prompt"
                  name={one.name}
                  title={one.name}
                  detail={listed ? detail : 'The server does not list it any more.'}
                  on={config.prompts.some((other) => samePrompt(other, one))}
                  full={config.prompts.length >= mostChosen}
                  readOnly={props.readOnly}
                  mayTry={props.mayTry}
                  fields={fields}
                  values={one.arguments}
                  onChange={(on) => setPrompt(one, on)}
                  onValues={(values) => setPrompt({ ...one, arguments: values }, true)}
                />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Section>
  );
}

const sameResource = (a: ChosenResource, b: ChosenResource) => a.serverId === b.serverId && a.uri === b.uri;
const samePrompt = (a: ChosenPrompt, b: ChosenPrompt) => a.serverId === b.serverId && a.name === b.name;

/** What the server lists, and what is chosen of it all the same. */
function resourcesOf({ id, offers }: ServerWithTools, chosen: readonly ChosenResource[]) {
  const listed = offers.resources.map(({ uri, name, title, description }) => ({
    one: { serverId: id, uri },
    title: title ?? name,
    detail: description ?? uri,
    listed: true,
  }));
  const gone = chosen.filter(
    ({ serverId, uri }) => serverId === id && !offers.resources.some((one) => one.uri === uri),
  );
  return [...listed, ...gone.map((one) => ({ one, title: one.uri, detail: '', listed: false }))];
}

function promptsOf({ id, offers }: ServerWithTools, chosen: readonly ChosenPrompt[]) {
  const of = (name: string) => chosen.find((one) => one.serverId === id && one.name === name);
  const listed = offers.prompts.map(({ name, description, arguments: fields }) => ({
    one: of(name) ?? { serverId: id, name, arguments: {} },
    detail: description ?? '',
    fields,
    listed: true,
  }));
  const gone = chosen.filter(
    ({ serverId, name }) => serverId === id && !offers.prompts.some((one) => one.name === name),
  );
  return [...listed, ...gone.map((one) => ({ one, detail: '', fields: [], listed: false }))];
}
