import { Jack } from '#src/components/transcript/claim-jack.tsx';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** What a turn claimed, each claim with the tool call that proves it or the reason why none does. */
export function ClaimEvidence({
  claims,
  onChoose,
}: {
  claims: readonly JudgedClaim[];
  onChoose: (id: string) => void;
}) {
  if (claims.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 text-sm font-med text-ink-2">Claims</h3>
      <ul className="grid gap-2">
        {claims.map(({ from, text, proof, why }) => (
          <li key={from} className="grid grid-cols-[18px_minmax(0,1fr)] gap-1">
            <span className="pt-[3px]">
              <Jack proved={proof !== null} />
            </span>
            <span className="min-w-0 break-words">
              “{visibleText(text)}”
              {proof ? (
                <span className="block text-sm text-ink-3">
                  Proved by{' '}
                  <button type="button" className="link font-mono" onClick={() => onChoose(proof.toolCallId)}>
                    {visibleText(proof.tool)}
                  </button>
                </span>
              ) : (
                <span className="block text-sm text-fail">{visibleText(why ?? '')}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
