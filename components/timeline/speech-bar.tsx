import { memo } from 'react';
import { openMark, spanStyle } from '#src/components/timeline/place.ts';
import { classNames } from '#src/components/ui/class-names.ts';
import type { Span } from '#src/lib/calls/call-item.ts';
import { clockTime } from '#src/lib/time-words.ts';
import styles from './timeline.module.css';

/** Something said. The words are inside where there is room for them. */
export const SpeechBar = memo(function SpeechBar(props: {
  id: string;
  who: 'caller' | 'agent';
  span: Span;
  text: string;
  chosen: boolean;
  tabbable: boolean;
  onChoose: (id: string) => void;
}) {
  const name = props.who === 'caller' ? 'Caller' : 'Agent';
  return (
    <button
      type="button"
      aria-label={`${name}: ${props.text || 'speaking'}, at ${clockTime(props.span.from)}`}
      aria-current={props.chosen ? 'true' : undefined}
      tabIndex={props.tabbable ? 0 : -1}
      onClick={() => props.onChoose(props.id)}
      style={spanStyle(props.span)}
      {...openMark(props.span.to)}
      className={classNames(
        styles.span,
        '@container inset-y-0.5 rounded-1 text-left text-[10.5px] leading-[18px] text-on-speaker hover:brightness-110 aria-[current]:ring-2 aria-[current]:ring-accent aria-[current]:ring-offset-1 aria-[current]:ring-offset-surface',
        props.who === 'caller' ? 'bg-caller' : 'bg-agent',
      )}
    >
      <span className="block truncate px-[5px] @max-[34px]:hidden">{props.text}</span>
    </button>
  );
});
