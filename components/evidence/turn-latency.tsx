import type { TurnMark, TurnTiming } from '#src/lib/calls/turn-timing.ts';
import { durationWords } from '#src/lib/time-words.ts';

const words: Record<TurnMark['name'], string> = {
  transcript: 'words were there',
  committed: 'turn was certain',
  'first-token': 'model began',
  tools: 'tools were done',
  sound: 'first sound',
};
const looks: Record<TurnMark['name'], string> = {
  transcript: 'bg-caller',
  committed: 'border border-control bg-surface',
  'first-token': 'bg-model',
  tools: 'bg-read-fill',
  sound: 'bg-agent',
};

/** From the caller's last sound to the first of the answer: what was reached when, as a bar and in words. */
export function TurnLatency({ timing }: { timing: TurnTiming }) {
  const total = timing.marks.at(-1)?.ms ?? 0;
  if (total === 0) return null;
  return (
    <section>
      <h3 className="mb-1 flex text-sm font-med text-ink-2">
        From the caller's last sound <span className="ml-auto font-reg text-ink-3">{durationWords(total)}</span>
      </h3>
      <ul className="grid gap-0.5 text-sm">
        {timing.marks.map((mark, at) => {
          const from = timing.marks[at - 1]?.ms ?? 0;
          return (
            <li key={mark.name} className="grid grid-cols-[116px_1fr_64px] items-center gap-2">
              <span className="text-ink-2">{words[mark.name]}</span>
              <span className="relative h-3 rounded-[2px] bg-sunken">
                <i
                  className={`absolute inset-y-0.5 min-w-0.5 rounded-[2px] ${looks[mark.name]}`}
                  style={{ left: `${(from / total) * 100}%`, width: `${((mark.ms - from) / total) * 100}%` }}
                />
              </span>
              <span className="text-right font-mono text-[11.5px] text-ink-2">{durationWords(mark.ms)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
