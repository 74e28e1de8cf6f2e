import type { CallShape } from '#src/lib/calls/call-shape.ts';
import { counted } from '#src/lib/time-words.ts';

const width = 230;
const longestMs = 180_000;

/** A call as a small drawing: the caller above, the agent below, tools on the line. Longer calls are wider. */
export function Spark({ shape }: { shape: CallShape | undefined }) {
  if (!shape || shape.durationMs <= 0) return null;
  const share = Math.min(1, 0.3 + (0.7 * shape.durationMs) / longestMs);
  const x = (ms: number) => 2 + (ms / shape.durationMs) * (width - 6) * share;
  const bars = (spans: [number, number][], y: number, look: string) =>
    spans.map(([from, to]) => (
      <rect key={from} x={x(from)} y={y} width={Math.max(1.5, x(to) - x(from))} height={4} rx={1} className={look} />
    ));
  const failed = shape.marks.filter((mark) => mark.kind === 'failed').length;
  return (
    <svg
      viewBox={`0 0 ${width} 24`}
      role="img"
      aria-label={`${counted(shape.caller.length + shape.agent.length, 'turn')}, ${counted(shape.marks.length - failed, 'tool call')}, ${failed} failed`}
      className="block h-6 w-[230px] narrow:w-[170px] phone:w-full"
      preserveAspectRatio="xMinYMid meet"
    >
      {bars(shape.caller, 3, 'fill-caller')}
      {bars(shape.agent, 9, 'fill-agent')}
      <path d={`M2 19H${x(shape.durationMs)}`} className="stroke-line-strong" />
      {shape.marks.map((mark) => (
        <Mark key={`${mark.kind}${mark.at}`} x={x(mark.at)} kind={mark.kind} />
      ))}
    </svg>
  );
}

function Mark({ x, kind }: { x: number; kind: CallShape['marks'][number]['kind'] }) {
  if (kind === 'read') return <circle cx={x} cy={19} r={3} className="fill-read-fill" />;
  if (kind === 'write') return <rect x={x - 3} y={16} width={6} height={6} rx={1} className="fill-write-fill" />;
  return (
    <path
      d={`M${x - 2.6} 16.4l5.2 5.2m0-5.2-5.2 5.2`}
      className="fill-none stroke-fail-fill stroke-2 [stroke-linecap:round]"
    />
  );
}
