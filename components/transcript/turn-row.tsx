import { Play, Scissors } from 'lucide-react';
import { ClaimText, ProofJacks, UnprovenClaims } from '#src/components/transcript/claim-jack.tsx';
import { clickedMoment, SpokenWords } from '#src/components/transcript/spoken-words.tsx';
import { classNames } from '#src/components/ui/class-names.ts';
import type { AgentTurn, CallerTurn } from '#src/lib/calls/call-item.ts';
import { replyBudgetMs } from '#src/lib/calls/call-view.ts';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import { type TimedWord, wordTimes } from '#src/lib/recording/word-times.ts';
import { clockTime } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** Something said, by whom and when. Words that nobody heard are struck; what was claimed is plugged into its proof. */
export function TurnRow(props: {
  turn: CallerTurn | AgentTurn;
  agentName: string;
  chosen: boolean;
  onChoose: () => void;
  /** Shows the tool call that proves something said here. */
  onChooseProof: (toolCallId: string) => void;
  onSeek: () => void;
  /** It is heard now. */
  now: boolean;
  /** Plays from a moment on; null where there is nothing to hear. */
  onPlayFrom: ((ms: number) => void) | null;
}) {
  const { turn, onPlayFrom } = props;
  const words = onPlayFrom ? wordsOf(turn) : [];
  const claims = turn.kind === 'agent' ? turn.claims : [];
  return (
    <div
      className={classNames(
        'grid grid-cols-[58px_minmax(0,1fr)] py-[5px] phone:grid-cols-[50px_minmax(0,1fr)]',
        (props.chosen || props.now) && 'bg-accent-soft',
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
      <div className="mr-4 flex min-w-0 items-start gap-2 phone:mr-3">
        <div
          className={classNames(
            'max-w-[64ch] min-w-0 border-l-2 pl-2.5',
            turn.kind === 'caller' ? 'border-caller' : 'border-agent',
          )}
        >
          <button
            type="button"
            onClick={(event) => {
              props.onChoose();
              const at = clickedMoment(event.target);
              if (at !== null) onPlayFrom?.(at);
            }}
            title={
              words.length === 0
                ? undefined
                : turn.kind === 'caller' && turn.wordsAt
                  ? 'Click a word to hear it.'
                  : 'Click a word to hear it. Where words lie is estimated by their length.'
            }
            className="block cursor-pointer text-left select-text"
          >
            <span className="flex gap-2 text-xs leading-4 font-med text-ink-3">
              {turn.kind === 'caller' ? 'Caller' : props.agentName}
              {turn.kind === 'caller' ? <CallerMarks turn={turn} /> : <AgentMarks turn={turn} />}
            </span>
            <span className="block leading-5 break-words phone:leading-[22px]">
              {turn.kind === 'agent' && turn.cut ? (
                <CutText
                  heard={turn.cut.heard}
                  unheard={turn.cut.unheard}
                  at={turn.cut.at}
                  claims={claims}
                  words={words}
                />
              ) : claims.length > 0 ? (
                <ClaimText text={turn.text} claims={claims} words={words} />
              ) : turn.text === '' ? (
                <span className="text-ink-3">…</span>
              ) : (
                <SpokenWords text={turn.text} from={0} to={turn.text.length} words={words} />
              )}
            </span>
          </button>
          {props.chosen && onPlayFrom && (
            <button
              type="button"
              onClick={() => onPlayFrom(turn.at)}
              className="flex min-h-6 items-center gap-1 rounded-1 pr-1.5 text-sm text-accent hover:bg-hover phone:min-h-11"
            >
              <Play size={11} aria-hidden="true" /> Play from here
            </button>
          )}
          <UnprovenClaims claims={claims} onChoose={props.onChoose} />
        </div>
        <ProofJacks claims={claims} onChoose={props.onChooseProof} />
      </div>
    </div>
  );
}

/** The words that were heard of a turn, with their moments; none of what was typed. */
function wordsOf(turn: CallerTurn | AgentTurn): TimedWord[] {
  if (turn.kind === 'caller') return wordTimes(turn.text, turn.spans, turn.wordsAt);
  if (turn.cut) return wordTimes(turn.cut.heard, [{ from: turn.span.from, to: turn.cut.at }]);
  return wordTimes(turn.text, [turn.span]);
}

function CallerMarks({ turn }: { turn: CallerTurn }) {
  return (
    <>
      {turn.source === 'typed' && <span className="font-reg">typed</span>}
      {turn.interrupted && <span className="font-reg">interrupted</span>}
      {turn.confidence !== null && (
        <span className="font-mono font-reg" title="How sure the recogniser was, 0 to 1">
          {turn.confidence.toFixed(2)}
        </span>
      )}
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

function CutText({
  heard,
  unheard,
  at,
  claims,
  words,
}: {
  heard: string;
  unheard: string;
  at: number;
  claims: JudgedClaim[];
  words: readonly TimedWord[];
}) {
  return (
    <>
      {claims.length > 0 ? (
        <ClaimText text={heard} claims={claims} words={words} />
      ) : (
        <SpokenWords text={heard} from={0} to={heard.length} words={words} />
      )}{' '}
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
