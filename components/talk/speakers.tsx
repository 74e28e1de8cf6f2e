import type { CallSession } from '#src/components/call/session-state.ts';

/** The two ends of the line, and which of them sounds. The word says it too. */
export function Speakers(props: { agentName: string; speaking: CallSession['speaking']; muted: boolean }) {
  const { speaking } = props;
  return (
    <div className="grid w-full max-w-[280px] justify-items-center gap-1">
      <svg
        viewBox="0 0 240 110"
        aria-hidden="true"
        className="w-full fill-none stroke-line-strong stroke-[3] [stroke-linecap:round]"
      >
        <path d="M60 42c0 84 120 84 120 0" />
        <Jack x={60} sounds={speaking === 'caller'} line="stroke-caller" dot="fill-caller" />
        <Jack x={180} sounds={speaking === 'agent'} line="stroke-agent" dot="fill-agent" />
      </svg>
      <div className="grid w-full grid-cols-2 text-center text-sm">
        <Side name="You" state={props.muted ? 'muted' : speaking === 'caller' ? 'speaking' : ''} />
        <Side name={props.agentName} state={speaking === 'agent' ? 'speaking' : ''} />
      </div>
    </div>
  );
}

function Jack({ x, sounds, line, dot }: { x: number; sounds: boolean; line: string; dot: string }) {
  return (
    <g className={sounds ? line : ''}>
      {sounds && <circle cx={x} cy="42" r="37" className="opacity-40" />}
      <circle cx={x} cy="42" r="28" className="fill-surface" />
      <circle cx={x} cy="42" r={sounds ? 12 : 5} className={sounds ? `${dot} stroke-none` : 'fill-line-strong'} />
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
