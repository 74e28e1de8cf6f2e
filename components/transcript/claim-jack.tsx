import { SpokenWords } from '#src/components/transcript/spoken-words.tsx';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import type { TimedWord } from '#src/lib/recording/word-times.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** A ring with a dot: plugged into its proof. A dashed red ring: nothing proves it. */
export function Jack({ proved }: { proved: boolean }) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true" className="size-3.5 shrink-0 fill-none">
      <circle
        cx="7"
        cy="7"
        r="5.2"
        strokeWidth="1.6"
        className={proved ? 'stroke-accent' : 'stroke-fail-fill'}
        strokeDasharray={proved ? undefined : '2.6 1.7'}
      />
      {proved && <circle cx="7" cy="7" r="2.3" className="fill-accent" />}
    </svg>
  );
}

/** The jacks of what was proved in a turn, one for each tool call; choosing one shows the call. */
export function ProofJacks({ claims, onChoose }: { claims: readonly JudgedClaim[]; onChoose: (id: string) => void }) {
  const proofs = new Map(claims.flatMap((claim) => (claim.proof ? [[claim.proof.toolCallId, claim.proof.tool]] : [])));
  if (proofs.size === 0) return null;
  return (
    <span className="ml-auto flex shrink-0 flex-col pt-3">
      {[...proofs].map(([id, tool]) => (
        <button
          key={id}
          type="button"
          onClick={() => onChoose(id)}
          aria-label={`Show the proof: ${visibleText(tool)}`}
          title={`Proved by ${visibleText(tool)}`}
          className="grid size-6 place-items-center rounded-2 hover:bg-hover phone:size-11"
        >
          <Jack proved />
        </button>
      ))}
    </span>
  );
}

/** What nothing proves in a turn, with the sentence that says why. */
export function UnprovenClaims({ claims, onChoose }: { claims: readonly JudgedClaim[]; onChoose: () => void }) {
  return claims.map(
    (claim) =>
      claim.why !== null && (
        <button
          key={claim.from}
          type="button"
          onClick={onChoose}
          className="flex min-h-6 w-full items-start gap-1.5 rounded-1 py-0.5 text-left text-sm text-fail hover:bg-hover"
        >
          <span className="pt-[3px]">
            <Jack proved={false} />
          </span>
          <span className="min-w-0 break-words">{visibleText(claim.why)}</span>
        </button>
      ),
  );
}

/** What was said, its claims underlined: dashed and red where nothing proves them. */
export function ClaimText({
  text,
  claims,
  words = [],
}: {
  text: string;
  claims: readonly JudgedClaim[];
  words?: readonly TimedWord[];
}) {
  const say = (from: number, to: number) => <SpokenWords text={text} from={from} to={to} words={words} />;
  return claims.map((claim, i) => (
    <span key={claim.from}>
      {say(claims[i - 1]?.to ?? 0, claim.from)}
      <span
        className={claim.proof ? 'border-b-[1.5px] border-accent' : 'border-b-[1.5px] border-dashed border-fail-fill'}
      >
        {say(claim.from, claim.to)}
      </span>
      {i === claims.length - 1 && say(claim.to, text.length)}
    </span>
  ));
}
