'use client';
import { Plus, X } from 'lucide-react';
import { JsonInput } from '#src/components/tools/json-input.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Input, Select, TextArea } from '#src/components/ui/field.tsx';
import { isRecord } from '#src/lib/json-schema/is-record.ts';
import { type RestDialect, type RestTool, restToolSchema } from '#src/lib/mcp/mcp-server.ts';

/** The tools that assistants see of a server without MCP: each a fixed text with its parameters. */
export function RestTools(props: {
  rest: RestDialect;
  onChange: (rest: RestDialect) => void;
  error: string | undefined;
  mayRaw: boolean;
}) {
  const { rest } = props;
  const set = (tools: RestTool[]) => props.onChange({ ...rest, tools });
  return (
    <fieldset className="grid gap-2.5">
      <legend className="pb-[5px] text-sm font-med text-ink-2">Tools</legend>
      {rest.tools.map((tool, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tools have no identity before they are named
        <div key={index} className="grid gap-2.5 rounded-2 border border-line px-3 py-2.5">
          <div className="flex items-end gap-2">
            <Field label="Name" className="min-w-0 flex-1">
              {(control) => (
                <Input
                  {...control}
                  value={tool.name}
                  placeholder="find_customer"
                  className="font-mono"
                  spellCheck={false}
                  onChange={(event) => set(changed(rest.tools, index, { name: event.target.value }))}
                />
              )}
            </Field>
            <Field label="Sent to">
              {(control) => (
                <Select
                  {...control}
                  value={tool.endpoint}
                  onChange={(event) =>
                    set(changed(rest.tools, index, { endpoint: event.target.value === 'action' ? 'action' : 'query' }))
                  }
                >
                  <option value="query">/query</option>
                  <option value="action">/action</option>
                </Select>
              )}
            </Field>
            <Button
              kind="ghost"
              square
              aria-label={`Remove ${tool.name || 'tool'}`}
              onClick={() => set(rest.tools.filter((_, at) => at !== index))}
            >
              <X size={14} aria-hidden="true" />
            </Button>
          </div>
          <Field label="What it is for">
            {(control) => (
              <TextArea
                {...control}
                rows={2}
                value={tool.description}
                onChange={(event) => set(changed(rest.tools, index, { description: event.target.value }))}
              />
            )}
          </Field>
          <Field
            label={tool.endpoint === 'query' ? 'Query' : 'Action'}
            help="Sent as it stands. Empty: only the parameters are sent."
          >
            {(control) => (
              <TextArea
                {...control}
                rows={2}
                value={tool.text ?? ''}
                className="font-mono"
                spellCheck={false}
                onChange={(event) => set(changed(rest.tools, index, { text: event.target.value || null }))}
              />
            )}
          </Field>
          <Field label="Parameters" help="A JSON Schema of type object.">
            {(control) => (
              <JsonInput
                {...control}
                rows={4}
                value={tool.inputSchema}
                onChange={(value) => {
                  if (isRecord(value)) set(changed(rest.tools, index, { inputSchema: value }));
                }}
              />
            )}
          </Field>
        </div>
      ))}
      {props.error && <p className="text-sm text-fail">{props.error}</p>}
      <Button
        size="sm"
        className="justify-self-start"
        onClick={() =>
          set([...rest.tools, { ...restToolSchema.parse({ name: 'new_tool', endpoint: 'query' }), name: '' }])
        }
      >
        <Plus size={13} aria-hidden="true" /> Add tool
      </Button>
      <label className="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={rest.enveloped}
          onChange={(event) => props.onChange({ ...rest, enveloped: event.target.checked })}
          className="accent-accent"
        />
        Requests are enveloped: {'{method, params}'}
      </label>
      <label className="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={rest.rawForAssistants}
          disabled={!props.mayRaw && !rest.rawForAssistants}
          onChange={(event) => props.onChange({ ...rest, rawForAssistants: event.target.checked })}
          className="accent-accent"
        />
        Assistants may send raw queries and actions{!props.mayRaw && ' (an admin’s choice)'}
      </label>
    </fieldset>
  );
}

const changed = (tools: RestTool[], index: number, part: Partial<RestTool>): RestTool[] =>
  tools.map((tool, at) => (at === index ? { ...tool, ...part } : tool));
