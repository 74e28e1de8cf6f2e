import type { AgentTurn } from '#src/lib/calls/call-item.ts';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import { judgeClaims } from '#src/lib/claims/judge-claims.ts';
import { type LabelledCase, readMarks, saidAt, saidForMs } from '#src/lib/claims/testing/labelled-case.ts';

export type Rate = { precision: number; recall: number; of: number };

/** How well claims are found, linked to the tool that proves them, and flagged when nothing does. */
type Score = { finding: Rate; proving: Rate; flagging: Rate; misses: string[] };

/** Judges labelled utterances as the agent's turns of a call each. A claim is found when it shares words with its label. */
export function scoreClaims(cases: readonly LabelledCase[]): Score {
  const counts = { finding: counter(), proving: counter(), flagging: counter() };
  const misses: string[] = [];
  for (const [tools, marked] of cases) {
    const { said, labels } = readMarks(marked);
    const judged = judgeClaims({ agent: [turn(said)], tools });
    const left = new Set<JudgedClaim>(judged);
    for (const label of labels) {
      const claim = judged.find((one) => left.has(one) && one.from < label.to && label.from < one.to);
      if (claim) left.delete(claim);
      counts.finding.add(claim !== undefined, claim !== undefined, true);
      counts.proving.add(Boolean(claim?.proof), claim?.proof?.tool === label.tool, label.tool !== null);
      counts.flagging.add(claim?.proof === null, claim?.proof === null && label.tool === null, label.tool === null);
      const words = said.slice(label.from, label.to);
      if (!claim) misses.push(`not found: ${words}`);
      else if ((claim.proof?.tool ?? null) !== label.tool)
        misses.push(`${words} → ${claim.proof?.tool ?? claim.why} (should be ${label.tool ?? 'nothing'})`);
    }
    for (const claim of left) {
      counts.finding.add(true, false, false);
      counts[claim.proof ? 'proving' : 'flagging'].add(true, false, false);
      misses.push(`no claim: ${claim.text}`);
    }
  }
  return {
    finding: counts.finding.rate(),
    proving: counts.proving.rate(),
    flagging: counts.flagging.rate(),
    misses,
  };
}

/** How many utterances hold a claim, and how many claims there are. */
export function sizeOf(cases: readonly LabelledCase[]): { utterances: number; claims: number } {
  return {
    utterances: cases.length,
    claims: cases.reduce((sum, [, marked]) => sum + readMarks(marked).labels.length, 0),
  };
}

function turn(text: string): AgentTurn {
  return {
    kind: 'agent',
    id: 'turn',
    at: saidAt,
    span: { from: saidAt, to: saidAt + saidForMs },
    text,
    speech: 'answer',
    delayMs: null,
    cut: null,
    claims: [],
  };
}

function counter() {
  let said = 0;
  let right = 0;
  let wanted = 0;
  return {
    add: (isSaid: boolean, isRight: boolean, isWanted: boolean): void => {
      said += Number(isSaid);
      right += Number(isSaid && isRight);
      wanted += Number(isWanted);
    },
    rate: (): Rate => ({ precision: right / Math.max(1, said), recall: right / Math.max(1, wanted), of: wanted }),
  };
}
