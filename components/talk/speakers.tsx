import type { CallSession } from '#src/components/call/session-state.ts';

/** The two ends of the line, and which of them sounds. The word says it too. */
export function Speakers(props: { agentName: string; speaking: CallSession['speaking']; muted: boolean }) {
  const { speaking } = props;
  return (
    <div className="grid w-full max-w-[340px] justify-items-center gap-1">
      <svg
        viewBox="0 0 240 110"
        aria-hidden="true"
        className="w-full max-w-[260px] fill-none stroke-line-strong stroke-[3] [stroke-linecap:round]"
      >
        <path d="M52 42c0 84 136 84 136 0" />
        <Jack x={52} sounds={speaking === 'caller'} className="stroke-caller" />
        <Jack x={188} sounds={speaking === 'agent'} className="stroke-agent" />
      </svg>
      <div className="grid w-full grid-cols-2 text-center text-sm">
        <Side name="You" state={props.muted ? 'muted' : speaking === 'caller' ? 'speaking' : ''} />
        <Side name={props.agentName} state={speaking === 'agent' ? 'speaking' : ''} />
      </div>
    </div>
  );
}

function Jack({ x, sounds, className }: { x: number; sounds: boolean; className: string }) {
  return (
    <g className={sounds ? className : ''}>
      {sounds && <circle cx={x} cy="42" r="37" className="opacity-40 motion-safe:animate-pulse-dot" />}
      <circle cx={x} cy="42" r="28" className="fill-surface" />
      <circle cx={x} cy="42" r={sounds ? 12 : 5} className={sounds ? 'fill-current stroke-none' : 'fill-line-strong'} />
    </g>
  );
}

function Side({ name, state }: { name: string; state: string }) {
  return (
    <p className="min-w-0 px-2">
      <span className="block truncate font-med">{name}</span>
      <span className="block h-[1.5em] text-ink-2">{state}</span>
    </p>
  );
}
