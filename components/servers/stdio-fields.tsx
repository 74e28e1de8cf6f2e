'use client';
import { Field, Input, Select, TextArea } from '#src/components/ui/field.tsx';
import type { McpServer } from '#src/lib/mcp/mcp-server.ts';

/** A server that is a program: what to start, with which words and variables. */
export function StdioFields({ server, errors }: { server: McpServer | null; errors: Record<string, string> }) {
  const stdio = server?.stdio;
  const names = server?.envNames ?? [];
  return (
    <>
      <Field
        label="Program"
        error={errors['stdio.command']}
        help="It runs on the machine of Patchbay, with nothing of Patchbay’s own."
      >
        {(control) => (
          <Input
            {...control}
            name="command"
            defaultValue={stdio?.command}
            placeholder="npx"
            className="font-mono"
            spellCheck={false}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label="Arguments" help="One a line.">
        {(control) => (
          <TextArea
            {...control}
            name="args"
            rows={3}
            defaultValue={stdio?.args.join('\n')}
            className="font-mono"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        label="Variables"
        error={errors.env}
        help={
          names.length > 0
            ? `Stored: ${names.join(', ')}. Leave empty to keep them.`
            : 'NAME=value, one a line. Stored encrypted, never shown again.'
        }
      >
        {(control) => (
          <TextArea {...control} name="env" rows={2} className="font-mono" spellCheck={false} autoComplete="off" />
        )}
      </Field>
      <Field label="Process">
        {(control) => (
          <Select {...control} name="session" defaultValue={stdio?.session}>
            <option value="per-call">One for a whole call</option>
            <option value="per-tool-call">A fresh one for each tool call</option>
          </Select>
        )}
      </Field>
    </>
  );
}
