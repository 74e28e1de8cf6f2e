import { toolGlyph, toolStateWords } from '#src/components/transcript/tool-look.ts';
import { Chip, EffectChip } from '#src/components/ui/chip.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** Which tool of which server was called, how that ended, and how long it took. */
export function ToolHead({ call }: { call: ToolCall }) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Glyph kind={toolGlyph(call)} />
      <h2 className="min-w-0 truncate font-mono font-bold">{visibleText(call.tool)}</h2>
      <EffectChip effect={call.effect} />
      <Chip tone={call.failure ? 'failed' : call.state === 'waiting' ? 'waiting' : 'neutral'}>
        {toolStateWords(call)}
      </Chip>
      <span className="flex-1" />
      <span className="truncate text-sm text-ink-3">{visibleText(call.serverName)}</span>
      {call.ms !== null && <span className="font-mono text-sm">{durationWords(call.ms)}</span>}
    </div>
  );
}
