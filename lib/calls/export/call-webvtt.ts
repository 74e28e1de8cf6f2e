import type { CallView } from '#src/lib/calls/call-view.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** A cue that has no length of its own is shown this long, ms. */
const leastMs = 1_000;

/** Subtitles on the recording's clock: a cue for each turn, with its speaker. Of the agent only what was heard. */
export function callWebVtt(view: CallView, agentName: string): string {
  const said = [
    ...view.caller.map((turn) => ({
      from: turn.spans[0]?.from ?? turn.at,
      to: turn.spans.at(-1)?.to ?? null,
      who: 'Caller',
      text: turn.text,
    })),
    ...view.agent.map((turn) => ({
      from: turn.span.from,
      to: turn.span.to,
      who: agentName,
      text: turn.cut ? turn.cut.heard : turn.text,
    })),
  ];
  const cues = said
    .filter(({ text }) => text.trim() !== '')
    .sort((a, b) => a.from - b.from)
    .map(({ from, to, who, text }) => {
      const begin = Math.max(0, from);
      const end = Math.max(begin + leastMs, to ?? view.lastAt);
      return `${stamp(begin)} --> ${stamp(end)}\n<v ${cueText(who)}>${cueText(text)}`;
    });
  return `${['WEBVTT', ...cues].join('\n\n')}\n`;
}

/** `00:01:02.345` */
function stamp(ms: number): string {
  const whole = Math.round(ms);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${two((whole / 1000) % 60)}.${String(whole % 1000).padStart(3, '0')}`;
}

function cueText(text: string): string {
  return visibleText(text)
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .trim();
}
