import { ChevronRight } from 'lucide-react';
import { toolGlyph } from '#src/components/transcript/tool-look.ts';
import { Chip } from '#src/components/ui/chip.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { toolFacts } from '#src/lib/calls/tool-facts.ts';
import { toolSummary } from '#src/lib/calls/tool-summary.ts';
import { clockTime, durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** A tool call between the turns: what it is, what went in and came out, how long it took. */
export function ToolRow(props: { call: ToolCall; chosen: boolean; onChoose: () => void }) {
  const { call } = props;
  const { cached, repeated, sent } = toolFacts(call);
  return (
    <div className="my-0.5 grid grid-cols-[58px_minmax(0,1fr)] phone:grid-cols-[50px_minmax(0,1fr)]">
      <span className="pr-3 text-right font-mono text-[11px] leading-[30px] text-ink-3">{clockTime(call.at)}</span>
      <div
        className={`mr-4 min-w-0 rounded-2 border bg-surface phone:mr-3 ${props.chosen ? 'border-accent ring-1 ring-accent' : 'border-line'}`}
      >
        <button
          type="button"
          aria-expanded={props.chosen}
          onClick={props.onChoose}
          className="flex h-[30px] w-full min-w-0 items-center gap-2 rounded-2 px-[9px] text-left hover:bg-hover phone:h-11"
        >
          <Glyph kind={toolGlyph(call)} />
          <span className="font-mono text-[12px] font-med whitespace-nowrap">{visibleText(call.tool)}</span>
          <span className="min-w-0 flex-1 truncate text-sm text-ink-2">{visibleText(toolSummary(call))}</span>
          {cached && <Chip title="The answer of an earlier read was given again. Nothing was sent.">cached</Chip>}
          {repeated && <Chip title="The same request was made before. Nothing was sent.">repeat</Chip>}
          {sent > 1 && <Chip>{sent} tries</Chip>}
          {call.state === 'failed' && <Chip tone="failed">failed</Chip>}
          {call.state === 'in-doubt' && <Chip tone="failed">in doubt</Chip>}
          {call.state === 'declined' && <Chip title="It was read back, and nothing was sent.">not done</Chip>}
          {call.state === 'waiting' && <Chip tone="waiting">waiting</Chip>}
          <span className="font-mono text-[11.5px] whitespace-nowrap text-ink-3">
            {call.ms === null ? (call.state === 'running' ? 'running' : '') : durationWords(call.ms)}
          </span>
          <ChevronRight size={13} aria-hidden="true" className="shrink-0 text-ink-3" />
        </button>
        {call.failure && (
          <p className="flex items-baseline gap-1.5 border-t border-line px-2.5 py-1.5 text-sm text-fail">
            <span className="mono shrink-0">{call.failure.code}</span>
            <span className="min-w-0 break-words text-ink-2">{visibleText(call.failure.message)}</span>
          </p>
        )}
      </div>
    </div>
  );
}
