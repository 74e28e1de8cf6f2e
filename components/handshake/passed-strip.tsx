import { stepWords } from '#src/components/handshake/step-words.ts';
import { Glyph } from '#src/components/ui/glyph.tsx';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import { counted, durationWords } from '#src/lib/time-words.ts';

/** A handshake that passed, on one line. */
export function PassedStrip({ handshake }: { handshake: Handshake }) {
  return (
    <ol
      aria-label="Handshake, every step passed"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a strip that scrolls must be reachable by keyboard
      tabIndex={0}
      className="no-scrollbar mx-5 mb-2.5 flex flex-none items-stretch overflow-x-auto rounded-2 border border-line phone:mx-4"
    >
      {handshake.steps.map((step) => (
        <li
          key={step.name}
          title={step.detail}
          className="border-r border-line py-1.5 pr-3.5 pl-2.5 text-sm whitespace-nowrap"
        >
          <span className="flex items-center gap-1.5">
            <Glyph kind={step.state === 'skipped' ? 'off' : 'ok'} />
            {step.name === 'listing' ? counted(handshake.tools, 'tool') : stepWords[step.name].title}
          </span>
          <span className="ml-[18px] block font-mono text-[11px] text-ink-3">
            {step.state === 'skipped' ? 'skipped' : durationWords(step.ms)}
          </span>
        </li>
      ))}
      <li className="ml-auto self-center px-3 text-sm whitespace-nowrap text-ink-3">
        {handshake.protocolVersion && <span className="mono">{handshake.protocolVersion}</span>}{' '}
        <span className="phone:hidden">{durationWords(handshake.ms)} in all</span>
      </li>
    </ol>
  );
}
