'use client';
import { FilterFields } from '#src/components/servers/filter-fields.tsx';
import { PolicyNumber } from '#src/components/servers/policy-number.tsx';
import { confirmationWords } from '#src/components/servers/server-tool.ts';
import { Field, Select } from '#src/components/ui/field.tsx';
import { type ToolPolicy, toolPolicySchema } from '#src/lib/mcp/tool-policy.ts';

/** What the operator decides about one tool. Each field saves by itself. */
export function PolicyForm(props: {
  tool: string;
  policy: ToolPolicy;
  /** The server declares that the same request twice is one. */
  idempotent: boolean;
  /** What any tool of the server may take, ms. */
  serverMostMs: number | null;
  mayWrite: boolean;
  onPolicy: (policy: ToolPolicy) => void;
}) {
  const { policy } = props;
  const change = (part: Partial<ToolPolicy>) => props.onPolicy({ ...policy, ...part });
  const set = (part: Partial<ToolPolicy>): boolean => {
    const next = toolPolicySchema.safeParse({ ...policy, ...part });
    if (next.success) props.onPolicy(next.data);
    return next.success;
  };
  return (
    <section key={props.tool} aria-label="Rules" className="grid grid-cols-2 gap-3 border-b border-line px-4 py-3.5">
      <h3 className="col-span-2 font-bold">Rules</h3>
      <Field label="Effect">
        {(control) => (
          <Select
            {...control}
            value={policy.effect}
            disabled={!props.mayWrite}
            onChange={(event) => change(event.target.value === 'read' ? asRead : asWrite)}
          >
            <option value="read">Read: it only looks</option>
            <option value="write">Write: it changes something</option>
          </Select>
        )}
      </Field>
      <Field label="Asks first">
        {(control) => (
          <Select
            {...control}
            value={policy.confirmation}
            disabled={!props.mayWrite || policy.effect === 'read'}
            onChange={(event) =>
              change({ confirmation: toolPolicySchema.shape.confirmation.parse(event.target.value) })
            }
          >
            {Object.entries(confirmationWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <PolicyNumber
        label="Waits at most, s"
        help={
          props.serverMostMs !== null && props.serverMostMs < policy.timeoutMs
            ? `Its server's ${props.serverMostMs / 1000} s count.`
            : 'Then the caller hears a safe sentence.'
        }
        value={policy.timeoutMs / 1000}
        min={0.1}
        max={120}
        step={0.1}
        disabled={!props.mayWrite}
        onNumber={(seconds) => set({ timeoutMs: Math.round((seconds ?? 0) * 1000) })}
      />
      {(policy.effect === 'read' || props.idempotent) && (
        <PolicyNumber
          label="Tries again"
          help={
            policy.effect === 'read'
              ? 'When the server fails, within that time.'
              : 'The server says that a request sent twice counts once; each try bears the same key.'
          }
          value={policy.retries}
          min={0}
          max={5}
          step={1}
          disabled={!props.mayWrite}
          onNumber={(retries) => set({ retries: retries ?? 0 })}
        />
      )}
      {policy.effect === 'read' && (
        <PolicyNumber
          label="Answer may be given again for, min"
          help="0: never. A write to the server ends it."
          value={policy.cacheTtlMs / 60_000}
          min={0}
          max={1440}
          step={1}
          disabled={!props.mayWrite}
          onNumber={(minutes) => set({ cacheTtlMs: Math.round((minutes ?? 0) * 60_000) })}
        />
      )}
      <FilterFields
        text={policy.outputFilter}
        disabled={!props.mayWrite}
        onText={(outputFilter) => change({ outputFilter })}
      />
    </section>
  );
}

/** What only reads need not ask, what writes asks until told otherwise. */
const asRead = { effect: 'read', confirmation: 'never' } as const;
const asWrite = { effect: 'write', confirmation: 'caller' } as const;
