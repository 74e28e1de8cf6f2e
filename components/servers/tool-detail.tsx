'use client';
import { Payload } from '#src/components/evidence/payload.tsx';
import { PolicyForm } from '#src/components/servers/policy-form.tsx';
import { ReadinessPane } from '#src/components/servers/readiness-pane.tsx';
import { toolParameters } from '#src/components/servers/server-tool.ts';
import { TryTool } from '#src/components/tools/try-tool.tsx';
import { Chip, EffectChip } from '#src/components/ui/chip.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import { Skeleton } from '#src/components/ui/skeleton.tsx';
import type { Problem } from '#src/lib/action-result.ts';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import type { KnownTool, ListedTool } from '#src/lib/mcp/listed-tool.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { visibleText } from '#src/lib/visible-text.ts';

type Props = {
  serverId: string;
  tool: ListedTool;
  /** What the list leaves out of it; null while it is asked for. */
  known: KnownTool | null;
  problem: Problem | null;
  /** Of a call that is to be tried again. */
  firstArgs?: Record<string, unknown> | undefined;
  mayWrite: boolean;
  mayTry: boolean;
  /** What any tool of the server may take, ms. */
  serverMostMs: number | null;
  onPolicy: (policy: ToolPolicy) => void;
  onExchange: (exchange: Exchange) => void;
  onTried: () => void;
  onLink: (uri: string) => void;
};

/** One tool from near: try it, how fit it is for a phone line, what is decided about it, and what it says of itself. */
export function ToolDetail(props: Props) {
  const { policy } = props.tool;
  const definition = props.known?.definition ?? props.tool.definition;
  return (
    <>
      <div className="px-4 pt-3.5">
        <div className="flex items-center gap-2">
          <h2 className="min-w-0 flex-1 truncate font-mono font-bold">{visibleText(definition.name)}</h2>
          <EffectChip effect={policy.effect} />
        </div>
        <p className="mt-1 break-words text-ink-2">
          {visibleText(definition.description ?? 'The server does not say what this tool is for.')}
        </p>
      </div>
      {props.known ? (
        <Known {...props} known={props.known} />
      ) : props.problem ? (
        <div className="p-4">
          <ProblemNote problem={props.problem} />
        </div>
      ) : (
        <Skeleton rows={8} />
      )}
    </>
  );
}

function Known({ known: { definition, hash, readiness }, ...props }: Props & { known: KnownTool }) {
  const { policy } = props.tool;
  return (
    <>
      {props.mayTry && (
        <TryTool
          serverId={props.serverId}
          definition={definition}
          effect={policy.effect}
          firstArgs={props.firstArgs}
          onExchange={props.onExchange}
          onTried={props.onTried}
          onLink={props.onLink}
        />
      )}
      <ReadinessPane definition={definition} readiness={readiness} />
      <PolicyForm
        tool={definition.name}
        policy={policy}
        idempotent={definition.annotations?.idempotentHint === true}
        serverMostMs={props.serverMostMs}
        mayWrite={props.mayWrite}
        onPolicy={props.onPolicy}
      />
      {/* Mostly below the edge of the pane: it is laid out when it comes into sight. */}
      <div className="grid gap-3.5 px-4 py-3.5 [contain-intrinsic-size:auto_320px] [content-visibility:auto]">
        <Parameters definition={definition} />
        <section>
          <h3 className="mb-1 text-sm font-med text-ink-2">Hints from the server</h3>
          <Hints definition={definition} />
        </section>
        <Payload title="Definition" value={definition} />
        <p className="truncate text-xs text-ink-3" title={hash}>
          pinned as <span className="mono">{hash.slice(0, 16)}</span>
        </p>
      </div>
    </>
  );
}

function Parameters({ definition }: { definition: ToolDefinition }) {
  const parameters = toolParameters(definition);
  return (
    <section>
      <h3 className="mb-1 text-sm font-med text-ink-2">Parameters</h3>
      {parameters.length === 0 ? (
        <p className="text-sm text-ink-3">None.</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {parameters.map((parameter) => (
            <li key={parameter.name} className="py-1.5">
              <span className="font-mono text-[12px] font-med">{visibleText(parameter.name)}</span>{' '}
              <span className="text-sm text-ink-3">
                {visibleText(parameter.type)}
                {parameter.required ? ', required' : ', optional'}
              </span>
              {parameter.description && <p className="text-sm text-ink-2">{visibleText(parameter.description)}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Hints({ definition }: { definition: ToolDefinition }) {
  const hints = definition.annotations;
  const said = [
    hints?.readOnlyHint === true && 'only reads',
    hints?.readOnlyHint === false && 'writes',
    hints?.destructiveHint === true && 'may destroy',
    hints?.idempotentHint === true && 'may be repeated',
    hints?.openWorldHint === true && 'reaches further systems',
  ].filter((one) => one !== false && one !== undefined);
  if (said.length === 0) return <p className="text-sm text-ink-3">None. What counts is what you set here.</p>;
  return (
    <p className="flex flex-wrap gap-1.5">
      {said.map((one) => (
        <Chip key={one}>{one}</Chip>
      ))}
      <span className="text-sm text-ink-3">What counts is what you set here.</span>
    </p>
  );
}
