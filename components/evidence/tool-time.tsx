import type { ToolCall, ToolPart } from '#src/lib/calls/call-item.ts';
import { durationWords } from '#src/lib/time-words.ts';

const words: Record<ToolPart['kind'], string> = {
  waiting: 'waiting',
  ran: 'ran',
  failed: 'failed',
  doubt: 'no answer',
};

/** The parts of a tool call, one under the other on the call's own scale. */
export function ToolTime({ call }: { call: ToolCall }) {
  const done = call.parts.filter((part) => part.to !== null);
  const end = Math.max(...done.map((part) => part.to ?? 0), call.at + 1);
  if (done.length === 0) return null;
  const total = end - call.at;
  return (
    <section>
      <h3 className="mb-1 flex text-sm font-med text-ink-2">
        Time <span className="ml-auto font-reg text-ink-3">{durationWords(total)} total</span>
      </h3>
      <ul className="grid gap-0.5 text-sm">
        {done.map((part) => {
          const to = part.to ?? end;
          return (
            <li key={`${part.kind}${part.from}`} className="grid grid-cols-[70px_1fr_64px] items-center gap-2">
              <span className="text-ink-2">{words[part.kind]}</span>
              <span className="relative h-3 rounded-[2px] bg-sunken">
                <i
                  className={`absolute inset-y-0.5 min-w-0.5 rounded-[2px] ${look(part, call)}`}
                  style={{
                    left: `${((part.from - call.at) / total) * 100}%`,
                    width: `${((to - part.from) / total) * 100}%`,
                  }}
                />
              </span>
              <span className="text-right font-mono text-[11.5px] text-ink-2">{durationWords(to - part.from)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function look(part: ToolPart, call: ToolCall): string {
  if (part.kind === 'waiting') return 'border border-dashed border-write-fill';
  if (part.kind === 'ran') return call.effect === 'read' ? 'bg-read-fill' : 'bg-write-fill';
  return 'hatch-fail';
}
