import { Scissors } from 'lucide-react';
import { classNames } from '#src/components/ui/class-names.ts';
import type { AgentTurn, CallerTurn } from '#src/lib/calls/call-item.ts';
import { replyBudgetMs } from '#src/lib/calls/call-view.ts';
import { clockTime } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** Something said, by whom and when. Words that nobody heard are struck. */
export function TurnRow(props: {
  turn: CallerTurn | AgentTurn;
  agentName: string;
  chosen: boolean;
  onChoose: () => void;
  onSeek: () => void;
}) {
  const { turn } = props;
  return (
    <div
      className={classNames(
        'grid grid-cols-[58px_minmax(0,1fr)] py-[5px] phone:grid-cols-[50px_minmax(0,1fr)]',
        props.chosen && 'bg-accent-soft',
      )}
    >
      <button
        type="button"
        onClick={props.onSeek}
        aria-label={`Go to ${clockTime(turn.at)}`}
        className={classNames(
          'self-start pr-3 text-right font-mono text-[11px] leading-5 hover:text-accent',
          props.chosen ? 'font-bold text-accent' : 'text-ink-3',
        )}
      >
        {clockTime(turn.at)}
      </button>
      <button
        type="button"
        onClick={props.onChoose}
        className={classNames(
          'mr-4 max-w-[64ch] cursor-pointer border-l-2 pl-2.5 text-left select-text',
          turn.kind === 'caller' ? 'border-caller' : 'border-agent',
        )}
      >
        <span className="flex gap-2 text-xs leading-4 font-med text-ink-3">
          {turn.kind === 'caller' ? 'Caller' : props.agentName}
          {turn.kind === 'caller' ? <CallerMarks turn={turn} /> : <AgentMarks turn={turn} />}
        </span>
        <span className="block leading-5 break-words phone:leading-[22px]">
          {turn.kind === 'agent' && turn.cut ? (
            <CutText heard={turn.cut.heard} unheard={turn.cut.unheard} at={turn.cut.at} />
          ) : (
            visibleText(turn.text) || <span className="text-ink-3">…</span>
          )}
        </span>
      </button>
    </div>
  );
}

function CallerMarks({ turn }: { turn: CallerTurn }) {
  return (
    <>
      {turn.source === 'typed' && <span className="font-reg">typed</span>}
      {turn.interrupted && <span className="font-reg">interrupted</span>}
      {!turn.understood && <span className="text-write">not understood</span>}
    </>
  );
}

function AgentMarks({ turn }: { turn: AgentTurn }) {
  const slow = turn.delayMs !== null && turn.delayMs > replyBudgetMs;
  return (
    <>
      {turn.delayMs !== null && (
        <span className={slow ? 'text-write' : 'font-reg'}>
          {slow && 'slow, '}
          {(turn.delayMs / 1000).toFixed(1)} s
        </span>
      )}
      {turn.speech !== 'answer' && <span className="font-reg">{turn.speech}</span>}
    </>
  );
}

function CutText({ heard, unheard, at }: { heard: string; unheard: string; at: number }) {
  return (
    <>
      {visibleText(heard)}{' '}
      <span className="inline-flex items-center gap-1 rounded-1 bg-sunken px-[5px] text-xs leading-[17px] whitespace-nowrap text-ink-2 inset-ring inset-ring-line">
        <Scissors size={11} aria-hidden="true" /> caller cut in, {clockTime(at)}
      </span>
      {unheard && (
        <>
          {' '}
          <span className="sr-only">Not heard: </span>
          <s className="text-ink-3">{visibleText(unheard)}</s>
        </>
      )}
    </>
  );
}
