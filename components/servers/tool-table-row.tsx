'use client';
import { type Ref, useEffect, useState } from 'react';
import { ScoreRing } from '#src/components/servers/readiness-pane.tsx';
import { confirmationWords } from '#src/components/servers/server-tool.ts';
import { ResultSize, SpeedBar } from '#src/components/servers/speed-bar.tsx';
import { Chip, EffectChip } from '#src/components/ui/chip.tsx';
import { Switch } from '#src/components/ui/switch.tsx';
import type { ListedTool } from '#src/lib/mcp/listed-tool.ts';
import { type ToolPolicy, toolPolicySchema } from '#src/lib/mcp/tool-policy.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const td =
  'border-b border-line px-2.5 py-1.5 align-middle first:pl-5 phone:block phone:border-0 phone:p-0 phone:first:pl-0';
const mini =
  'appearance-none rounded-1 bg-transparent bg-[url("data:image/svg+xml,%3Csvg%20xmlns=%27http://www.w3.org/2000/svg%27%20width=%2712%27%20height=%2712%27%20fill=%27none%27%20stroke=%27%23808890%27%20stroke-width=%271.6%27%3E%3Cpath%20d=%27m3%204.5%203%203%203-3%27/%3E%3C/svg%3E")] bg-[position:right_center] bg-no-repeat py-1 pr-[18px] text-sm text-ink disabled:text-ink-3 phone:min-h-10';

/** As wide as its words, whichever of them are chosen. */
const asksFirst = 'w-[150px] truncate';

/** One tool: what an assistant may do with it, how fast it is, and how fit for a phone line. */
export function ToolTableRow(props: {
  tool: ListedTool;
  budgetMs: number;
  chosen: boolean;
  onChoose: (tool: string) => void;
  mayWrite: boolean;
  onPolicy: (tool: string, policy: ToolPolicy) => void;
  rowRef?: Ref<HTMLTableRowElement>;
  index: number;
  /** Rows fly by. One that comes into sight then is a picture of itself until they rest: its choices are most of its cost. */
  scrolling: boolean;
}) {
  const [picture, setPicture] = useState(props.scrolling);
  const { scrolling, index } = props;
  useEffect(() => {
    if (!picture || scrolling) return;
    // A row or two in each frame.
    const turn = setTimeout(() => setPicture(false), (index % 12) * 17);
    return () => clearTimeout(turn);
  }, [picture, scrolling, index]);
  const { tool, chosen } = props;
  const { name } = tool.definition;
  const { policy } = tool;
  const change = (part: { [K in keyof ToolPolicy]?: ToolPolicy[K] }) => props.onPolicy(name, { ...policy, ...part });
  return (
    <tr
      ref={props.rowRef}
      data-index={index}
      aria-selected={chosen}
      className="group aria-selected:bg-accent-soft hover:bg-hover phone:grid phone:grid-cols-[1fr_auto] phone:items-center phone:gap-x-3 phone:gap-y-1 phone:border-b phone:border-line phone:px-4 phone:py-3"
    >
      <td
        className={`${td} group-aria-selected:shadow-[inset_2px_0_0_var(--accent)] phone:group-aria-selected:shadow-none`}
      >
        <button
          type="button"
          aria-expanded={chosen}
          onClick={() => props.onChoose(name)}
          className={`block w-full text-left ${policy.allowed ? '' : 'text-ink-3'}`}
        >
          <span className="block font-mono text-[12.5px] font-med">{visibleText(name)}</span>
          <span className="line-clamp-2 max-w-[46ch] text-sm text-ink-3">
            {visibleText(tool.definition.description ?? 'Without a description')}
          </span>
        </button>
      </td>
      <td className={`${td} phone:justify-self-end`}>
        {tool.pending && policy.allowed ? (
          <Chip tone="waiting" glyph="waiting">
            quarantined
          </Chip>
        ) : (
          <Switch
            checked={policy.allowed}
            disabled={!props.mayWrite}
            label={`Allow ${name}`}
            onChange={(allowed) => change({ allowed })}
          />
        )}
      </td>
      <td className={td}>
        {props.mayWrite ? (
          <span className="inline-flex items-center gap-1.5">
            <EffectChip effect={policy.effect} />
            {picture ? (
              <span className={`${mini} h-[25px] w-[18px]`} />
            ) : (
              <select
                aria-label={`Effect of ${name}`}
                value={policy.effect}
                onChange={(event) => change(effectPolicy(event.target.value))}
                className={`${mini} w-[18px] text-transparent [&>option]:text-ink`}
              >
                <option value="read">read: it only looks</option>
                <option value="write">write: it changes something</option>
              </select>
            )}
          </span>
        ) : (
          <EffectChip effect={policy.effect} />
        )}
      </td>
      <td className={`${td} phone:text-right`}>
        {picture ? (
          <span className={`${mini} inline-block ${asksFirst}`}>{confirmationWords[policy.confirmation]}</span>
        ) : (
          <select
            aria-label={`${name} asks first`}
            disabled={!props.mayWrite}
            value={policy.confirmation}
            onChange={(event) =>
              change({ confirmation: toolPolicySchema.shape.confirmation.parse(event.target.value) })
            }
            className={`${mini} ${asksFirst}`}
          >
            {Object.entries(confirmationWords)
              .filter(([value]) => value === 'never' || value === 'caller' || value === policy.confirmation)
              .map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
          </select>
        )}
      </td>
      <td className={`${td} phone:hidden`}>
        <SpeedBar measured={tool.measured} budgetMs={props.budgetMs} />
      </td>
      <td className={`${td} text-right font-mono text-[12px] text-ink-2 narrow:hidden phone:hidden`}>
        <ResultSize measured={tool.measured} />
      </td>
      <td className={`${td} pr-5 text-right phone:hidden`}>
        <ScoreRing score={tool.score} />
      </td>
    </tr>
  );
}

/** What only reads need not ask, what writes asks until told otherwise. */
function effectPolicy(value: string): Pick<ToolPolicy, 'effect' | 'confirmation'> {
  return value === 'read' ? { effect: 'read', confirmation: 'never' } : { effect: 'write', confirmation: 'caller' };
}
