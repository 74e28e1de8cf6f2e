import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { toolWaterfall, type WaterfallStep } from '#src/lib/calls/tool-waterfall.ts';
import { durationWords } from '#src/lib/time-words.ts';

const words: Record<WaterfallStep['name'], string> = {
  waiting: 'a yes',
  limits: 'limits',
  before: 'earlier tries',
  connect: 'connect',
  request: 'server works',
  answer: 'answer comes',
  ran: 'ran',
  failed: 'failed',
  'no-answer': 'no answer',
};

/** Where the time of a tool call went, one stretch under the other on its own scale. */
export function ToolTime({ call }: { call: ToolCall }) {
  const steps = toolWaterfall(call);
  if (steps.length === 0) return null;
  const from = Math.min(...steps.map((step) => step.from));
  const total = Math.max(1, Math.max(...steps.map((step) => step.to)) - from);
  return (
    <section>
      <h3 className="mb-1 flex text-sm font-med text-ink-2">
        Time <span className="ml-auto font-reg text-ink-3">{durationWords(total)} total</span>
      </h3>
      <ul className="grid gap-0.5 text-sm">
        {steps.map((step) => (
          <li key={`${step.name}${step.from}`} className="grid grid-cols-[92px_1fr_64px] items-center gap-2">
            <span className="text-ink-2">
              {step.name === 'before' && call.effect === 'write' ? 'noted' : words[step.name]}
            </span>
            <span className="relative h-3 rounded-[2px] bg-sunken">
              <i
                className={`absolute inset-y-0.5 min-w-0.5 rounded-[2px] ${look(step, call)}`}
                style={{
                  left: `${((step.from - from) / total) * 100}%`,
                  width: `${((step.to - step.from) / total) * 100}%`,
                }}
              />
            </span>
            <span className="text-right font-mono text-[11.5px] text-ink-2">{durationWords(step.to - step.from)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function look({ name }: WaterfallStep, call: ToolCall): string {
  if (name === 'waiting') return 'border border-dashed border-write-fill';
  if (name === 'failed' || name === 'no-answer') return 'hatch-fail';
  if (name === 'limits' || name === 'before' || name === 'connect') return 'border border-control bg-surface';
  return call.effect === 'read' ? 'bg-read-fill' : 'bg-write-fill';
}
